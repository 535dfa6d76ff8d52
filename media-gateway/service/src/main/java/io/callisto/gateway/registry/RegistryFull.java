package io.callisto.gateway.registry;

/** There is no room for a record: nothing was recorded, and nothing was done. It may be tried again later. */
public final class RegistryFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryFull(String message) {
        super(message);
    }
}
