package io.callisto.manager.allocation;

import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;

/**
 * A job in a zone.
 *
 * @param job the job
 * @param zone one of its zones
 */
record JobZone(JobId job, ZoneId zone) {}
