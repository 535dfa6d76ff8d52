package io.callisto.messaging;

/** No broker took it, or it is not known whether one did: keep it and send it again. */
public final class BrokerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
