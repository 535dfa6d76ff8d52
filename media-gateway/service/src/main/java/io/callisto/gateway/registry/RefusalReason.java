package io.callisto.gateway.registry;

/** Why an attempt is recorded as never placed. */
public enum RefusalReason {
    /** Somebody asked what became of it before it was placed. */
    RESOLVED(0),
    TOO_LATE(1),
    NO_CAPACITY(2);

    private final byte code;

    RefusalReason(int code) {
        this.code = (byte) code;
    }

    /** How the file says it. */
    byte code() {
        return code;
    }

    /** @throws IllegalArgumentException where no reason has the code */
    static RefusalReason of(byte code) {
        for (RefusalReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        throw new IllegalArgumentException("unknown refusal " + code);
    }
}
