package io.callisto.director.jobs;

import io.callisto.domain.CampaignId;
import io.callisto.domain.JobId;
import io.callisto.domain.OrganisationId;
import io.callisto.domain.job.JobState;

/**
 * A job as it stands.
 *
 * @param id key
 * @param organisation tenant
 * @param campaign what it is a run of
 * @param campaignName for events
 * @param kind FINITE or INFINITE
 * @param state where it is
 * @param wantedPause a pause that waits for the filter to end
 * @param version number of its last event
 */
record Job(
        JobId id,
        OrganisationId organisation,
        CampaignId campaign,
        String campaignName,
        String kind,
        JobState state,
        boolean wantedPause,
        int version) {

    boolean finite() {
        return kind.equals("FINITE");
    }
}
