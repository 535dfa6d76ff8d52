package io.callisto.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.domain.CompletionCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @Test
    void migrating_again_applies_nothing() {
        assertThat(Migrations.migrate(DB.dataSource())).isZero();
    }

    @Test
    void a_database_that_a_newer_program_has_migrated_is_refused_and_the_message_says_what_to_do() throws SQLException {
        run("insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success)"
                + " values (9999, '999', 'future', 'SQL', 'V999__future.sql', 1, 'test', 1, true)");
        try {
            assertThatThrownBy(() -> Migrations.migrate(DB.dataSource()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("999")
                    .hasMessageContaining("Start this server with the program that migrated");
        } finally {
            run("delete from flyway_schema_history where version = '999'");
        }
    }

    @Test
    void the_completion_codes_of_the_database_are_those_of_the_domain() throws SQLException {
        List<String> inDatabase =
                strings("select completion_code_id || ' ' || code || ' ' || success || ' ' || retryable"
                        + " from completion_code where organisation_id is null order by completion_code_id");
        List<String> inDomain = Arrays.stream(CompletionCode.values())
                .map(code -> code.id() + " " + code.text() + " " + code.success() + " " + code.retryable())
                .toList();
        assertThat(inDatabase).isEqualTo(inDomain);
    }

    @Test
    void a_contact_has_at_most_one_live_attempt_and_one_attempt_of_each_number() throws SQLException {
        long contact = newJobContact();
        insertAttempt(contact, 1, "DIALING", null);
        assertThatThrownBy(() -> insertAttempt(contact, 2, "RESERVED", null)).hasMessageContaining("attempt_one_live");
        run("update attempt set state = 'COMPLETED', completion_code_id = 3, completed_at = now() where contact_id = "
                + contact);
        assertThatThrownBy(() -> insertAttempt(contact, 1, "RESERVED", null)).hasMessageContaining("attempt_no");
        insertAttempt(contact, 2, "RESERVED", null);
    }

    @Test
    void an_attempt_is_completed_exactly_when_it_has_a_code() throws SQLException {
        long contact = newJobContact();
        assertThatThrownBy(() -> insertAttempt(contact, 1, "COMPLETED", null)).hasMessageContaining("check");
        assertThatThrownBy(() -> insertAttempt(contact, 1, "DIALING", 3)).hasMessageContaining("check");
    }

    @Test
    void an_aggregate_has_one_event_of_each_sequence_number() throws SQLException {
        String insert = "insert into event_outbox (event_id, event_type, organisation_id, record_key, aggregate_id,"
                + " aggregate_seq, epoch, payload) values (gen_random_uuid(), 'JOB', 0, '1', '1', 7, 1, '{}')";
        run(insert);
        assertThatThrownBy(() -> run(insert)).hasMessageContaining("event_outbox_seq");
    }

    @Test
    void one_epoch_of_a_scope_has_one_owner() throws SQLException {
        String insert = "insert into ha_transition (scope, epoch, to_owner, reason)"
                + " values ('director', 5, gen_random_uuid(), 'FIRST')";
        run(insert);
        assertThatThrownBy(() -> run(insert)).hasMessageContaining("ha_transition_pkey");
    }

    @Test
    void the_first_timeline_is_that_of_the_server() throws SQLException {
        assertThat(strings("select timeline::text from ha_db")).containsExactly("1");
    }

    private static long newJobContact() throws SQLException {
        run("insert into contact_list (organisation_id, zone_id, name) values (0, 0, gen_random_uuid()::text)");
        run("insert into contact (contact_list_id, user_contact_id, phone_number_1, phone_1_zones)"
                + " select max(contact_list_id), 'u', '+4930123456', '{Europe/Berlin}' from contact_list");
        run("insert into campaign_strategy (organisation_id, name) values (0, gen_random_uuid()::text)");
        run("insert into campaign_strategy_version (strategy_id, version, definition, created_by)"
                + " select max(strategy_id), 1, '{}', 'test' from campaign_strategy");
        run("insert into campaign (organisation_id, name, strategy_id)"
                + " select 0, gen_random_uuid()::text, max(strategy_id) from campaign_strategy");
        run("insert into job (organisation_id, campaign_id, strategy_id, strategy_version, created_by)"
                + " select 0, max(campaign_id), max(strategy_id), 1, 'test' from campaign");
        run("insert into job_contact (job_id, contact_id, zone_id)"
                + " select (select max(job_id) from job), max(contact_id), 0 from contact");
        return Long.parseLong(
                strings("select max(contact_id)::text from contact").get(0));
    }

    private static void insertAttempt(long contact, int number, String state, @Nullable Integer code)
            throws SQLException {
        run("insert into attempt (attempt_id, job_id, contact_id, attempt_no, organisation_id, zone_id, phone_number,"
                + " owner_scope, epoch, gateway_id, gateway_incarnation, state, completion_code_id, completed_at,"
                + " state_deadline) select gen_random_uuid(), job_id, contact_id, " + number
                + ", 0, 0, '+4930123456', 'job/1/0', 1, 'g1', 1, '" + state + "', " + code + ", "
                + (state.equals("COMPLETED") ? "now()" : "null")
                + ", now() + interval '1 minute' from job_contact where contact_id = " + contact);
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = DB.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> strings(String sql) throws SQLException {
        try (Connection connection = DB.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
