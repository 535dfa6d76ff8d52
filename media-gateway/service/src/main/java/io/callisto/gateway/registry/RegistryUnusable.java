package io.callisto.gateway.registry;

import org.jspecify.annotations.Nullable;

/** The registry cannot be opened. */
public final class RegistryUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    RegistryUnusable(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** What the operator can do. */
    public String remedy() {
        return remedy;
    }
}
