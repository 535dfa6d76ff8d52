package io.callisto.drills.reconcile;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the witnesses say about one job.
 *
 * @param imported contacts that the import reported as imported
 * @param contacts the job's contacts in the database
 * @param attempts the job's attempts in the database
 * @param calls the job's entries of all gateways' registries, in their order
 * @param attemptEvents the job's records of topic ATTEMPT, in log order
 * @param jobEvents the job's records of topic JOB, in log order
 * @param outboxRows events of any kind that still wait in the outbox
 * @param counting where counters, or events made of them, differ from what was counted
 * @param contract what breaks the event contract, in any record of the log
 * @param published what else must be in the log; null where nobody asked
 */
public record Evidence(
        long imported,
        Contacts contacts,
        List<Attempt> attempts,
        List<Call> calls,
        List<AttemptRecord> attemptEvents,
        List<JobRecord> jobEvents,
        long outboxRows,
        List<String> counting,
        List<String> contract,
        @Nullable Published published) {
    public Evidence {
        attempts = List.copyOf(attempts);
        calls = List.copyOf(calls);
        attemptEvents = List.copyOf(attemptEvents);
        jobEvents = List.copyOf(jobEvents);
        counting = List.copyOf(counting);
        contract = List.copyOf(contract);
    }

    /** Evidence of which counters, contract and results are no part. */
    public Evidence(
            long imported,
            Contacts contacts,
            List<Attempt> attempts,
            List<Call> calls,
            List<AttemptRecord> attemptEvents,
            List<JobRecord> jobEvents,
            long outboxRows) {
        this(imported, contacts, attempts, calls, attemptEvents, jobEvents, outboxRows, List.of(), List.of(), null);
    }

    /** The same with what the database says must be in the log, too. */
    public Evidence with(Published more) {
        return new Evidence(
                imported, contacts, attempts, calls, attemptEvents, jobEvents, outboxRows, counting, contract, more);
    }

    /**
     * Events beside those of attempts.
     *
     * @param jobSeq sequence of the job's last event as the database has it
     * @param results the job's records of topic ENRICHEDATTEMPTRESULT, in log order
     */
    public record Published(int jobSeq, List<ResultRecord> results) {
        public Published {
            results = List.copyOf(results);
        }
    }

    /**
     * A record of topic ENRICHEDATTEMPTRESULT.
     *
     * @param eventId the record's {@code ce_id} header
     * @param seq the highest of an attempt is its current result
     * @param code how the call ended by the system's code
     */
    public record ResultRecord(String eventId, UUID attemptId, long contactId, int seq, String code) {}

    /** Counts by state; {@code open} are those that are not final. */
    public record Contacts(long total, long completed, long restricted, long failed, long open) {}

    /**
     * @param version the attempt's event sequence as the database has it
     * @param code text of the completion code; null while the attempt is not final
     */
    public record Attempt(
            UUID id,
            long contactId,
            int attemptNo,
            int version,
            @Nullable String code) {}

    /**
     * @param gateway which gateway's registry
     * @param refused recorded as refused: never placed and never will be
     */
    public record Call(String gateway, UUID attemptId, boolean refused) {}

    /**
     * @param eventId the record's {@code ce_id} header
     */
    public record AttemptRecord(
            String eventId,
            UUID attemptId,
            long contactId,
            int seq,
            String phase,
            @Nullable String code) {}

    /** A record of topic JOB. */
    public record JobRecord(String eventId, int seq, String newState) {}
}
