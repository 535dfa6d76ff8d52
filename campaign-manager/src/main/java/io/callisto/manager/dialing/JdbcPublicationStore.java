package io.callisto.manager.dialing;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code publication}: this side adds what is to be published, its owner sends and deletes. Thread-safe. */
final class JdbcPublicationStore {
    private static final String ADD = """
            insert into publication (organisation_id, job_id, attempt_id, body)
            select a.organisation_id, a.job_id, a.attempt_id,
                   jsonb_build_object(
                     'attemptId', a.attempt_id, 'organisationId', a.organisation_id, 'campaignId', j.campaign_id,
                     'jobId', a.job_id, 'zoneId', a.zone_id, 'contactId', a.contact_id,
                     'userContactId', c.user_contact_id, 'contactListId', c.contact_list_id,
                     'attemptNo', a.attempt_no, 'address', a.phone_number, 'channel', 'VOICE',
                     'completionCode', code.code, 'gatewayId', a.gateway_id, 'reservedAt', a.reserved_at,
                     'dialedAt', a.dialed_at, 'answeredAt', a.answered_at, 'completedAt', a.completed_at)
              from attempt a
              join job j on j.job_id = a.job_id
              join contact c on c.contact_id = a.contact_id
              join completion_code code on code.completion_code_id = a.completion_code_id
             where a.attempt_id = any(cast(:attempts as uuid[])) and a.state = 'COMPLETED'
             order by a.completed_at, a.attempt_id
            """;

    /** Adds the results of attempts that were completed, in the transaction that completes them. */
    void add(JdbcClient transaction, JobSpec spec, List<AttemptChange> completed) {
        if (!spec.publish() || completed.isEmpty()) {
            return;
        }
        String[] ids = completed.stream()
                .map(change -> change.before().id().toString())
                .toArray(String[]::new);
        transaction.sql(ADD).param("attempts", ids).update();
    }
}
