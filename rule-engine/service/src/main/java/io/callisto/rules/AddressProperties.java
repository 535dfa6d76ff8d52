package io.callisto.rules;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this process listens and how others reach it.
 *
 * @param bindHost the interface to listen on
 * @param advertisedHost the name that others connect to; where missing, {@code bindHost}
 */
@ConfigurationProperties("callisto")
record AddressProperties(
        @DefaultValue("127.0.0.1") String bindHost,
        @Nullable String advertisedHost) {
    String advertised(int port) {
        return (advertisedHost == null || advertisedHost.isBlank() ? bindHost : advertisedHost) + ":" + port;
    }
}
