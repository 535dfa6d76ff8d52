package io.callisto.event.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is, told at a steady cadence while it works and at every change of its state, so also once at its end.
 * Topic JOBSTATISTICS, key {@code jobId}. Counts are totals since the job began, so that a reader who missed some needs
 * only the newest.
 *
 * @param eventId unique; lets a reader drop repeats
 * @param seq rises by one per event of the job in this topic, from 1
 * @param at when the counts were read, by the database's clock
 * @param organisationId tenant
 * @param jobId the job
 * @param campaignId its campaign
 * @param campaignName name of the campaign
 * @param state of the job then
 * @param contacts where its contacts stand
 * @param attempts what became of its attempts
 * @param rates over the time since the event before, in which the state did not change
 * @param agents those attached to the job; null where none ever were
 * @param epoch of the director that wrote it
 */
public record JobStatisticsEvent(
        UUID eventId,
        int seq,
        Instant at,
        int organisationId,
        long jobId,
        int campaignId,
        String campaignName,
        String state,
        Contacts contacts,
        Attempts attempts,
        Rates rates,
        @Nullable Agents agents,
        long epoch)
        implements CallistoEvent {
    public JobStatisticsEvent {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(campaignName, "campaignName");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(contacts, "contacts");
        Objects.requireNonNull(attempts, "attempts");
        Objects.requireNonNull(rates, "rates");
    }

    @Override
    public EventType eventType() {
        return EventType.JOBSTATISTICS;
    }

    @Override
    public String key() {
        return Long.toString(jobId);
    }

    @Override
    public String subject() {
        return key();
    }

    /**
     * Contacts of the job by state.
     *
     * @param total all that passed the filter so far
     * @param waiting not tried yet, or waiting for another try
     * @param inAttempt being tried now
     * @param completed reached
     * @param restricted never to be called: do-not-call, caps
     * @param failed given up
     */
    public record Contacts(long total, long waiting, long inAttempt, long completed, long restricted, long failed) {}

    /**
     * Attempts of the job by the class of their completion code.
     *
     * @param made all that are over
     * @param live a person answered, whatever an agent said of it later
     * @param machine an answering machine or voice mail
     * @param busy the line was busy
     * @param noAnswer nobody answered in time
     * @param invalid no such number
     * @param network the network or the gateway could not
     * @param fax a fax or modem
     * @param nuisance answered, and no agent in time
     * @param other all else: never placed, in doubt, closed after too long a time, restricted at the last moment
     */
    public record Attempts(
            long made,
            long live,
            long machine,
            long busy,
            long noAnswer,
            long invalid,
            long network,
            long fax,
            long nuisance,
            long other) {}

    /**
     * Rates over the time since the event before.
     *
     * @param seconds that time; for the first event since the job was created
     * @param attemptsPerHour attempts that were over in it, for an hour
     * @param hitPercent of those, how many a person answered (live and nuisance), 0 to 100; 0 where there were none
     * @param nuisancePercent of those that a person answered, how many had no agent in time, 0 to 100; 0 where
     *     there were none
     */
    public record Rates(double seconds, double attemptsPerHour, double hitPercent, double nuisancePercent) {}

    /**
     * Agents attached to the job.
     *
     * @param attached all of them
     * @param idle ready for a call
     * @param talking with a customer
     * @param wrapUp finishing a call
     * @param notReady on a break
     */
    public record Agents(int attached, int idle, int talking, int wrapUp, int notReady) {}
}
