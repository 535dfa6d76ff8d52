package io.callisto.outbox.relay;

/**
 * A row that can never be published.
 *
 * @param rowId the row's
 * @param reason why
 */
public record PoisonRow(long rowId, Reason reason) {
    /** Kinds of poison; the names are those that table {@code event_outbox_quarantine} allows. */
    public enum Reason {
        /** Larger than the producer or the topic allows. */
        TOO_LARGE,
        /** The log refuses the record or the topic's name as such. */
        INVALID_RECORD,
        /** No event type of this version. */
        UNKNOWN_TYPE,
        /** The organisation is deleted and its topic gone. */
        NO_ORGANISATION
    }
}
