package io.callisto.director.jobs;

import io.callisto.domain.job.JobDecision;

/**
 * A job with what its sweep must know, seen in one statement and so at one instant.
 *
 * @param job the job
 * @param waiting whether any contact is READY or RETRY_WAIT
 * @param inAttempt whether any contact is IN_ATTEMPT
 */
record SweptJob(Job job, boolean waiting, boolean inAttempt) {

    JobDecision decide() {
        return JobDecision.onSweep(job.state(), job.wantedPause(), job.finite(), waiting, inAttempt);
    }

    boolean closesWaiting() {
        return JobDecision.closesWaiting(job.state(), waiting, inAttempt);
    }
}
