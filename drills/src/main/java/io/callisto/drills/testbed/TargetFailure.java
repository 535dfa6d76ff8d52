package io.callisto.drills.testbed;

import org.jspecify.annotations.Nullable;

/** A target cannot do what was asked. The message says what to do. */
public final class TargetFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TargetFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
