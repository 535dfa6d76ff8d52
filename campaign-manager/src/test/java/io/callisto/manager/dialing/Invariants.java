package io.callisto.manager.dialing;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.event.contract.EventType;
import io.callisto.event.contract.validation.EventValidator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What must hold of a job at any time between two transactions, and against the gateways' own record. */
final class Invariants {
    private static final Set<String> NOT_AT_GATEWAY = Set.of("Sys_Not_Placed", "Sys_No_Resource");

    private Invariants() {}

    static void check(TestJob job, List<FakeGateway> gateways) {
        assertThat(job.count("""
                        select count(*) from job_contact jc where job_id = :job and attempts_made <>
                          (select count(*) from attempt a where a.job_id = jc.job_id and a.contact_id = jc.contact_id)
                        """))
                .as("contacts whose attempts_made is not the number of their attempts")
                .isZero();
        assertThat(job.count("""
                        select count(*) from job_contact jc where job_id = :job and (state = 'IN_ATTEMPT') <>
                          ((select count(*) from attempt a where a.job_id = jc.job_id and a.contact_id = jc.contact_id
                               and a.state <> 'COMPLETED') = 1)
                        """))
                .as("contacts that are in an attempt without a live one, or the other way round")
                .isZero();
        assertThat(job.count("""
                        select count(*) from attempt a where job_id = :job and
                          (select array_agg(aggregate_seq order by id) from event_outbox e
                            where e.event_type = 'ATTEMPT' and e.aggregate_id = a.attempt_id::text)
                          is distinct from array(select generate_series(1, a.version))
                        """))
                .as("attempts whose events are not 1..version in order")
                .isZero();
        assertThat(job.count("""
                        select count(*) from attempt a where job_id = :job and a.state is distinct from
                          (select payload::jsonb ->> 'phase' from event_outbox e
                            where e.event_type = 'ATTEMPT' and e.aggregate_id = a.attempt_id::text
                            order by aggregate_seq desc limit 1)
                        """))
                .as("attempts whose last event does not tell their state")
                .isZero();
        assertThat(job.drift())
                .as("counters that are not what a full count says")
                .isEmpty();
        EventValidator validator = new EventValidator();
        assertThat(job.attemptEvents())
                .allSatisfy(event -> assertThat(validator.schemaProblems(EventType.ATTEMPT, event))
                        .isEmpty());
        if (!gateways.isEmpty()) {
            checkGateways(job, gateways);
        }
    }

    private static void checkGateways(TestJob job, List<FakeGateway> gateways) {
        Map<UUID, Integer> placed = new HashMap<>();
        gateways.forEach(gateway -> gateway.timesPlaced().forEach((id, n) -> placed.merge(id, n, Integer::sum)));
        for (Map<String, Object> row : job.attemptRows()) {
            UUID id = (UUID) row.get("attempt_id");
            String code = (String) row.get("code");
            int calls = placed.getOrDefault(id, 0);
            assertThat(calls).as("calls of one attempt").isLessThanOrEqualTo(1);
            if (code != null && !code.equals("Sys_Attempt_In_Doubt")) {
                assertThat(calls)
                        .as("calls of an attempt that ended as %s", code)
                        .isEqualTo(NOT_AT_GATEWAY.contains(code) ? 0 : 1);
            }
        }
    }
}
