package io.callisto.event.client.source;

import org.jspecify.annotations.Nullable;

/** A site cannot be used now. The message says what is wrong and what to do. */
public final class SourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What it is. */
    public enum Kind {
        /** Nobody answers. */
        UNREACHABLE(false),
        /** We do not trust the broker's certificate, or it does not trust ours. */
        NOT_TRUSTED(true),
        /** We are known, and not allowed to. */
        NOT_AUTHORISED(true),
        /** A topic does not exist. */
        MISSING_TOPIC(false),
        /** The settings cannot work. */
        SETTINGS(true),
        /** Anything else; trying again may help. */
        OTHER(false);

        private final boolean lasting;

        Kind(boolean lasting) {
            this.lasting = lasting;
        }

        /** Whether it stays until somebody does something. */
        public boolean lasting() {
            return lasting;
        }
    }

    private final Kind kind;

    public SourceFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
