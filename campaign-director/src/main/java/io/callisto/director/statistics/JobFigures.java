package io.callisto.director.statistics;

import io.callisto.event.contract.JobStatisticsEvent.Attempts;
import io.callisto.event.contract.JobStatisticsEvent.Contacts;
import java.time.Instant;

/**
 * All that is to be told of a job, seen at one moment.
 *
 * @param job its id
 * @param organisation tenant
 * @param campaign its campaign
 * @param campaignName of it
 * @param state of the job
 * @param at the moment, by the database's clock
 * @param contacts by state
 * @param attempts that are over, by class
 * @param before the last event's part of the story
 */
record JobFigures(
        long job,
        int organisation,
        int campaign,
        String campaignName,
        String state,
        Instant at,
        Contacts contacts,
        Attempts attempts,
        Before before) {

    /**
     * What the last event said.
     *
     * @param seq its number; 0 where there was none
     * @param seconds since then, or since the job was created; never negative
     * @param made attempts that were over then
     * @param live of those, the ones that a person answered and an agent got
     * @param nuisance and the ones that no agent got in time
     */
    record Before(int seq, double seconds, long made, long live, long nuisance) {}
}
