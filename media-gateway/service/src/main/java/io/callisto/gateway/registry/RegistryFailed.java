package io.callisto.gateway.registry;

import org.jspecify.annotations.Nullable;

/** The registry can no longer be written; what the failed write left behind is known after a restart only. */
public final class RegistryFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
