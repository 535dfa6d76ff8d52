package io.callisto.domain;

/**
 * Id of a job, one run of a campaign.
 *
 * @param value not negative
 */
public record JobId(long value) {
    public JobId {
        Ids.notNegative(value, "JobId");
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
