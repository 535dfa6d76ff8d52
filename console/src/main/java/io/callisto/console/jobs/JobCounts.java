package io.callisto.console.jobs;

/**
 * How far a job is. {@code contacts} is the sum of the six that follow it.
 *
 * @param contacts of the job, once it is filtered
 * @param ready wait to be called
 * @param inAttempt are being called
 * @param retryWait wait for their next attempt
 * @param completed were reached
 * @param restricted must not be called
 * @param failed were tried as often as the strategy allows, or the job was stopped
 * @param attempts calls of the job, those in progress included
 */
record JobCounts(
        long contacts,
        long ready,
        long inAttempt,
        long retryWait,
        long completed,
        long restricted,
        long failed,
        long attempts) {}
