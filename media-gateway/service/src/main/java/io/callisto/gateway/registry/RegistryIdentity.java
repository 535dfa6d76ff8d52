package io.callisto.gateway.registry;

/**
 * What a new registry is called.
 *
 * @param incarnation random, not 0: two registries of one gateway never share it
 * @param createdAtMillis for display
 */
public record RegistryIdentity(long incarnation, long createdAtMillis) {
    public RegistryIdentity {
        if (incarnation == 0) {
            throw new IllegalArgumentException("the incarnation must not be 0");
        }
    }
}
