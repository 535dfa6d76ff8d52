package io.callisto.drills.reconcile;

import java.util.List;

/**
 * Outcome of a reconciliation.
 *
 * @param reconciled whether all witnesses agree
 * @param contacts contacts of the job
 * @param completed of them reached
 * @param restricted of them not to be called
 * @param failed of them given up
 * @param attempts attempts in the database
 * @param gatewayCalls calls that the gateways placed
 * @param events attempts whose completion is in the event log
 * @param attemptEvents all records of topic ATTEMPT
 * @param jobEvents all records of topic JOB
 * @param duplicates ids found twice
 * @param missing ids or states not found
 * @param wrong contradictions
 * @param problems the first of them, in words
 */
public record ReconciliationReport(
        boolean reconciled,
        long contacts,
        long completed,
        long restricted,
        long failed,
        long attempts,
        long gatewayCalls,
        long events,
        long attemptEvents,
        long jobEvents,
        long duplicates,
        long missing,
        long wrong,
        List<String> problems) {
    public ReconciliationReport {
        problems = List.copyOf(problems);
    }
}
