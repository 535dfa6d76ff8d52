package io.callisto.events.aggregate;

import io.callisto.event.contract.AttemptEvent;

/** What all events of an attempt say alike; see {@link AttemptEvent}. */
record AttemptFacts(
        int organisationId,
        int zoneId,
        int attemptNo,
        long jobId,
        int campaignId,
        long contactId,
        String userContactId,
        int contactListId,
        String address,
        String addressAttribute,
        String channel,
        String gatewayId) {

    static AttemptFacts of(AttemptEvent event) {
        return new AttemptFacts(
                event.organisationId(),
                event.zoneId(),
                event.attemptNo(),
                event.jobId(),
                event.campaignId(),
                event.contactId(),
                event.userContactId(),
                event.contactListId(),
                event.address(),
                event.addressAttribute(),
                event.channel(),
                event.gatewayId());
    }
}
