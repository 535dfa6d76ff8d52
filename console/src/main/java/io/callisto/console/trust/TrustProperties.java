package io.callisto.console.trust;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this server keeps its certificates.
 *
 * @param files trust stores that this server writes when the trusted certificates change: its own, and those of brokers
 *     on the same machine; PEM, or PKCS #12 where the name ends in {@code .p12}; none: nothing is written
 * @param password of trust stores that are PKCS #12
 * @param keyStore PEM file with the certificate that this server shows, so that a trusted certificate which it needs is
 *     not removed
 * @param sweep longest time until a change is seen whose notice was missed
 */
@ConfigurationProperties("callisto.trust")
public record TrustProperties(
        @DefaultValue List<String> files,
        @Nullable String password,
        @Nullable String keyStore,
        @DefaultValue("30s") Duration sweep) {
    public TrustProperties {
        files = List.copyOf(files);
        if (sweep.isNegative() || sweep.isZero()) {
            throw new IllegalArgumentException("callisto.trust.sweep must be positive");
        }
        if (password == null && files.stream().anyMatch(file -> file.endsWith(".p12"))) {
            throw new IllegalArgumentException("callisto.trust.password is needed for trust stores that end in .p12");
        }
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "TrustProperties[files=" + files + ", keyStore=" + keyStore + ", sweep=" + sweep + "]";
    }
}
