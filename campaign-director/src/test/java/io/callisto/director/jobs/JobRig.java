package io.callisto.director.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.director.statistics.StatisticsProperties;
import io.callisto.domain.IdGenerator;
import io.callisto.domain.Ticker;
import io.callisto.ha.FailBack;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.callisto.outbox.JdbcOutboxStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of jobs need: campaigns, a console's part, a dialer's part, a director driven by hand. */
final class JobRig {
    final JdbcClient jdbc;
    final TestLeases leases;
    private final DataSource dataSource;
    private final AtomicLong nanos = new AtomicLong();

    JobRig(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.leases = new TestLeases(dataSource);
        managers("s1");
    }

    /** The servers whose campaign manager runs from now on; the others died, as their certificates say. */
    void managers(String... servers) {
        jdbc.sql("update ha_node set state = 'DEAD', died_at = clock_timestamp() where process = 'campaign-manager'")
                .update();
        for (String server : servers) {
            manager(server, "RUNNING");
        }
    }

    /** A fresh incarnation of a server's campaign manager. */
    UUID manager(String server, String state) {
        UUID node = UUID.randomUUID();
        jdbc.sql("""
                        insert into ha_node (node_id, server, process, pid, endpoints, services, state)
                        values (:node, :server, 'campaign-manager', 1, '{"campaign-manager": "127.0.0.1:0"}',
                                '{campaign-manager}', :state)
                        """)
                .param("node", node)
                .param("server", server)
                .param("state", state)
                .update();
        return node;
    }

    /** A director with a small filter chunk; time passes only by {@link #passSecond()}. */
    JobDuty duty(int filterChunk) {
        return duty(filterChunk, Duration.ofSeconds(10));
    }

    JobDuty duty(int filterChunk, Duration statisticsEvery) {
        Ticker ticker = nanos::get;
        IdGenerator ids = UUID::randomUUID;
        return JobsConfiguration.duty(
                dataSource,
                ticker,
                new JdbcOutboxStore(),
                ids,
                new JobsProperties(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(250),
                        FailBack.NEVER,
                        filterChunk,
                        filterChunk <= 1_000 ? 7 : 5_000,
                        100),
                new StatisticsProperties(statisticsEvery));
    }

    void passSecond() {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    /** Works until there is nothing to do, one second later than before. */
    void settle(JobDuty duty, Lease lease) {
        passSecond();
        for (int i = 0; duty.doWork(lease) > 0; i++) {
            assertThat(i).as("steps").isLessThan(10_000);
        }
    }

    /** A takeover by a fresh director that works until there is nothing to do. */
    void direct() {
        Lease lease = leases.takeOver(Scope.director());
        JobDuty duty = duty(1_000);
        duty.takeOver(lease);
        settle(duty, lease);
    }

    int zone(String name) {
        return jdbc.sql("insert into zone (name) values (:name) returning zone_id")
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    int list(int zone, int contacts) {
        int list = jdbc.sql("""
                        insert into contact_list (organisation_id, zone_id, name) values (0, :zone, :name)
                        returning contact_list_id
                        """)
                .param("zone", zone)
                .param("name", "list " + UUID.randomUUID())
                .query(Integer.class)
                .single();
        contacts(list, contacts, "Europe/Berlin");
        return list;
    }

    void contacts(int list, int contacts, String timeZone) {
        jdbc.sql("""
                        insert into contact (contact_list_id, user_contact_id, phone_number_1, phone_1_zones)
                        select :list, :zone || i, '+4930' || (1000000 + i), array[:zone]
                          from generate_series(1, :contacts) i
                        """)
                .param("list", list)
                .param("contacts", contacts)
                .param("zone", timeZone)
                .update();
    }

    int campaign(String kind, int... lists) {
        String name = "campaign " + UUID.randomUUID();
        int strategy = jdbc.sql("""
                        insert into campaign_strategy (organisation_id, name) values (0, :name) returning strategy_id
                        """).param("name", name).query(Integer.class).single();
        jdbc.sql("insert into campaign_strategy_version values (:strategy, 1, '{}', now(), 'test')")
                .param("strategy", strategy)
                .update();
        int campaign = jdbc.sql("""
                        insert into campaign (organisation_id, name, kind, strategy_id)
                        values (0, :name, :kind, :strategy)
                        returning campaign_id
                        """)
                .param("name", name)
                .param("kind", kind)
                .param("strategy", strategy)
                .query(Integer.class)
                .single();
        for (int list : lists) {
            jdbc.sql("insert into campaign_list values (:campaign, :list)")
                    .param("campaign", campaign)
                    .param("list", list)
                    .update();
        }
        return campaign;
    }

    /** What the console does: version 1 is its event. */
    long start(int campaign) {
        long job = jdbc.sql("""
                        insert into job (organisation_id, campaign_id, strategy_id, strategy_version, version,
                                         created_by)
                        select 0, campaign_id, strategy_id, 1, 1, 'test' from campaign where campaign_id = :campaign
                        returning job_id
                        """).param("campaign", campaign).query(Long.class).single();
        jdbc.sql("""
                        insert into event_outbox (event_id, event_type, organisation_id, record_key, aggregate_id,
                                                  aggregate_seq, epoch, payload)
                        values (gen_random_uuid(), 'JOB', 0, :job, :job, 1, 0, '{"newState":"QUEUED"}')
                        """).param("job", Long.toString(job)).update();
        return job;
    }

    long order(String kind, long job) {
        return command(kind, "{\"jobId\": " + job + "}");
    }

    long command(String kind, String payload) {
        return jdbc.sql("""
                        insert into command (scope, kind, payload, requested_by)
                        values ('director', :kind, cast(:payload as jsonb), 'test') returning id
                        """)
                .param("kind", kind)
                .param("payload", payload)
                .query(Long.class)
                .single();
    }

    String settled(long command) {
        return jdbc.sql("select state || ' ' || coalesce(result::text, '') from command where id = :id")
                .param("id", command)
                .query(String.class)
                .single();
    }

    String state(long job) {
        return jdbc.sql("select state from job where job_id = :job")
                .param("job", job)
                .query(String.class)
                .single();
    }

    /** The states that the job's events tell, in order of their sequence, which must have neither gap nor repeat. */
    List<String> history(long job) {
        List<Integer> sequence = jdbc.sql("""
                        select aggregate_seq from event_outbox where event_type = 'JOB' and aggregate_id = :job
                         order by id
                        """)
                .param("job", Long.toString(job))
                .query(Integer.class)
                .list();
        for (int i = 0; i < sequence.size(); i++) {
            assertThat(sequence.get(i)).as("sequence %s", sequence).isEqualTo(i + 1);
        }
        assertThat(jdbc.sql("select version from job where job_id = :job")
                        .param("job", job)
                        .query(Integer.class)
                        .single())
                .as("version of the job is the number of its last event")
                .isEqualTo(sequence.size());
        assertThat(drift(job))
                .as("counters that are not what a full count says")
                .isEmpty();
        return jdbc.sql("""
                        select payload::json ->> 'newState' from event_outbox
                         where event_type = 'JOB' and aggregate_id = :job order by aggregate_seq
                        """)
                .param("job", Long.toString(job))
                .query(String.class)
                .list();
    }

    /** Where the job's counters are not what a full count says, INV-11. */
    List<String> drift(long job) {
        return jdbc.sql("select d::text from job_count_drift(:job) d")
                .param("job", job)
                .query(String.class)
                .list();
    }

    /** A dialer's or an earlier life's hand on some contacts of a job. */
    void setContacts(long job, String from, String to, @Nullable Integer code, int count) {
        jdbc.sql("""
                        update job_contact set state = :to, completion_code_id = cast(:code as integer)
                         where job_id = :job and contact_id in (
                           select contact_id from job_contact where job_id = :job and state = :from
                            order by contact_id limit :count)
                        """)
                .param("to", to)
                .param("code", code)
                .param("job", job)
                .param("from", from)
                .param("count", count)
                .update();
    }

    /** How many contacts of a job are in a state. */
    long count(long job, String state) {
        return jdbc.sql("select count(*) from job_contact where job_id = :job and state = :state")
                .param("job", job)
                .param("state", state)
                .query(Long.class)
                .single();
    }

    List<String> allocations(long job) {
        return jdbc.sql("""
                        select zone_id || '=' || coalesce(allocated_to, '-') from job_zone where job_id = :job
                         order by zone_id
                        """).param("job", job).query(String.class).list();
    }
}
