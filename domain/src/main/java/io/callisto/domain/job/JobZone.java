package io.callisto.domain.job;

import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;

/**
 * The part of a job that one dialer works: the contacts of one zone.
 *
 * @param job the job
 * @param zone zone of the contact lists
 */
public record JobZone(JobId job, ZoneId zone) {}
