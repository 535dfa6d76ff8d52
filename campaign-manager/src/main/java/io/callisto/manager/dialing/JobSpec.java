package io.callisto.manager.dialing;

import io.callisto.domain.strategy.CallNode;
import io.callisto.ha.Scope;
import java.time.Duration;

/**
 * What does not change while a job runs.
 *
 * @param scope whose owner dials it
 * @param node the call node of the strategy version that the job started with
 * @param publish whether the results of its attempts are published over JMS
 * @param longestSetup a call without an answer is closed after this
 * @param longestCall an answered call is closed after this
 */
record JobSpec(
        Scope scope,
        long jobId,
        int zoneId,
        int organisationId,
        int campaignId,
        CallNode node,
        boolean publish,
        Duration longestSetup,
        Duration longestCall) {}
