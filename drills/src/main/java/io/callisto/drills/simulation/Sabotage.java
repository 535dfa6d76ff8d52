package io.callisto.drills.simulation;

/** A defence that is left out on purpose: the simulation must notice each. */
public enum Sabotage {
    NO_EPOCH_CHECK("a transaction locks the fence row and does not look at its epoch"),
    FENCE_READ_WITHOUT_LOCK("a transaction reads the fence's epoch and does not lock the row"),
    CERTIFICATE_TRUSTED_FOR_WRITES("a claim on a death certificate leaves the fence row as it is"),
    CLAIM_KEEPS_EPOCH("a scope that was given back is claimed without a new epoch"),
    TIMELINE_IGNORED("a promoted database goes on counting epochs where its copy stood"),
    GATEWAY_FENCE_OFF("the gateway takes orders of former epochs"),
    RESOLVE_WITHOUT_TOMBSTONE("the gateway answers \"never placed\" and writes nothing down"),
    SEEN_IDS_FORGOTTEN("the gateway does not know the calls it has placed"),
    TICKET_TTL_IGNORED("the gateway places a call however late the order arrives"),
    TAKEOVER_WITHOUT_RESOLVE("a new owner calls again whatever was in flight"),
    DEADLINE_IGNORED("an owner acts on after its deadline"),
    DEADLINE_FROM_REPLY("the deadline counts from the answer to a renewal, not from its sending"),
    RELEASED_BEFORE_DUTY_ENDED("a scope is given back while its duty is at work"),
    DIRECT_PUBLISH("events go to the log after the commit, past the outbox"),
    POSITION_IGNORED("a new relay does not read which rows are published already"),
    PRODUCER_NOT_FENCED("a new relay leaves its predecessor's producer alive");

    private final String meaning;

    Sabotage(String meaning) {
        this.meaning = meaning;
    }

    /** For tables. */
    public String meaning() {
        return meaning;
    }
}
