package io.callisto.event.client;

import org.jspecify.annotations.Nullable;

/** The client cannot do its work. The message says why and what to do. */
public final class EventClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EventClientException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
