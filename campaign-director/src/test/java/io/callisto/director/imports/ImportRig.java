package io.callisto.director.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.ZoneId;
import io.callisto.ha.FailBack;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of imports need: lists, files, a zone director driven by hand. */
final class ImportRig {
    final JdbcClient jdbc;
    final TestLeases leases;
    /** How often a duty asked to hand its zone over. */
    final AtomicInteger handOvers = new AtomicInteger();

    private final DataSource dataSource;

    ImportRig(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.leases = new TestLeases(dataSource);
    }

    /** How an import ended. */
    record Ended(String state, String failure, long cursor, long imported, long updated, long rejected) {}

    static Scope scope(int zone) {
        return Scope.director(new ZoneId(zone));
    }

    ImportDuty duty(int zone, int chunkRows) {
        ImportsProperties properties =
                new ImportsProperties(chunkRows, Duration.ofMillis(500), Duration.ofSeconds(5), FailBack.TO_ALLOCATED);
        return ImportsConfiguration.duty(
                ImportsConfiguration.tools(dataSource, TestLeases.TICKER, new SimpleMeterRegistry(), properties),
                new ZoneSeat(new ZoneId(zone), "s1", handOvers::incrementAndGet));
    }

    int zone(String name) {
        return jdbc.sql("insert into zone (name) values (:name) returning zone_id")
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    int list(int zone, String name) {
        return jdbc.sql("""
                        insert into contact_list (organisation_id, zone_id, name) values (0, :zone, :name)
                        returning contact_list_id
                        """)
                .param("zone", zone)
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    long submit(int list, String file, String options) {
        return submit(list, file.getBytes(StandardCharsets.UTF_8), options, 1 << 16);
    }

    long submit(int list, byte[] file, String options, int partSize) {
        long id = jdbc.sql("""
                        insert into contact_import (contact_list_id, file_name, options, requested_by)
                        values (:list, 'test.csv', cast(:options as jsonb), 'test') returning import_id
                        """)
                .param("list", list)
                .param("options", options)
                .query(Long.class)
                .single();
        for (int from = 0, part = 0; from < file.length; from += partSize, part++) {
            jdbc.sql("insert into contact_import_file (import_id, part, content) values (:import, :part, :content)")
                    .param("import", id)
                    .param("part", part)
                    .param("content", java.util.Arrays.copyOfRange(file, from, Math.min(file.length, from + partSize)))
                    .update();
        }
        return id;
    }

    /** Runs a fresh zone director until it finds nothing to do. */
    void work(int zone, int chunkRows) {
        Lease lease = leases.claim(scope(zone));
        try (ImportDuty duty = duty(zone, chunkRows)) {
            duty.takeOver(lease);
            for (int i = 0; duty.doWork(lease) > 0; i++) {
                assertThat(i).as("steps").isLessThan(10_000);
            }
        }
    }

    /** Submits a file to a new list of zone 0 and imports it. */
    Ended importNow(String listName, String file, String options) {
        long id = submit(list(0, listName), file, options);
        work(0, 2_000);
        return ended(id);
    }

    Ended ended(long id) {
        return jdbc.sql("""
                        select state, coalesce(failure, ''), cursor_rows, rows_imported, rows_updated, rows_rejected
                          from contact_import where import_id = :id
                        """)
                .param("id", id)
                .query((row, number) -> new Ended(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)))
                .single();
    }

    /** Errors as {@code line REASON}, by line. */
    List<String> errors(long id) {
        return jdbc.sql("select line || ' ' || reason from contact_import_error where import_id = :id order by line")
                .param("id", id)
                .query(String.class)
                .list();
    }

    List<String> details(long id) {
        return jdbc.sql("select detail from contact_import_error where import_id = :id order by line")
                .param("id", id)
                .query(String.class)
                .list();
    }

    List<Map<String, Object>> contacts(int list) {
        return jdbc.sql("select * from contact where contact_list_id = :list order by contact_id")
                .param("list", list)
                .query()
                .listOfRows();
    }

    /** A column of a list's contact, as text. */
    String text(int list, int index, String column) {
        return String.valueOf(contacts(list).get(index).get(column));
    }

    List<String> ids(int list) {
        return jdbc.sql("select user_contact_id from contact where contact_list_id = :list order by contact_id")
                .param("list", list)
                .query(String.class)
                .list();
    }

    long command(String scope, String kind, String payload) {
        return jdbc.sql("""
                        insert into command (scope, kind, payload, requested_by)
                        values (:scope, :kind, cast(:payload as jsonb), 'test') returning id
                        """)
                .param("scope", scope)
                .param("kind", kind)
                .param("payload", payload)
                .query(Long.class)
                .single();
    }

    /** State and result of a command, such as {@code APPLIED {"state": "CANCELLED"}}. */
    String settled(long command) {
        return jdbc.sql("select state || ' ' || result from command where id = :id")
                .param("id", command)
                .query(String.class)
                .single();
    }
}
