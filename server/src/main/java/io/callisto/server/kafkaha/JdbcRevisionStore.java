package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Revisions in Callisto's database, from which every server can pull. Thread-safe. */
public final class JdbcRevisionStore implements RevisionStore {
    private final JsonMapper json = JsonMapper.builder().build();
    private final JdbcClient jdbc;
    private final String name;

    /** @param name for people */
    public JdbcRevisionStore(DataSource dataSource, String name) {
        this.jdbc = JdbcClient.create(dataSource);
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int current() {
        return tried(() -> jdbc.sql("select revision from kafka_ha_current")
                .query(Integer.class)
                .single());
    }

    @Override
    public int highest() {
        return tried(() -> jdbc.sql("select coalesce(max(revision), 0) from kafka_ha_revision")
                .query(Integer.class)
                .single());
    }

    @Override
    public Optional<Revision> find(int number) {
        return tried(() -> jdbc.sql("select document from kafka_ha_revision where revision = :number")
                .param("number", number)
                .query(String.class)
                .optional()
                .map(document -> json.readValue(document, Revision.class)));
    }

    @Override
    public void add(Revision revision) {
        String sql = """
            with moved as (
              update kafka_ha_current set revision = :number, changed_at = clock_timestamp()
               where revision = :follows
              returning revision)
            insert into kafka_ha_revision (revision, follows, digest, document)
            select :number, :follows, :digest, :document from moved
            """;
        int added;
        try {
            added = jdbc.sql(sql)
                    .param("number", revision.number())
                    .param("follows", revision.follows())
                    .param("digest", revision.digest())
                    .param("document", json.writeValueAsString(revision))
                    .update();
        } catch (DuplicateKeyException e) {
            throw changed();
        } catch (DataAccessException e) {
            throw failure(e);
        }
        if (added == 0) {
            throw changed();
        }
    }

    @Override
    public void select(int expected, int number) {
        String sql = """
            update kafka_ha_current set revision = :number, changed_at = clock_timestamp()
             where revision = :expected
            """;
        if (tried(() -> jdbc.sql(sql)
                        .param("number", number)
                        .param("expected", expected)
                        .update())
                == 0) {
            throw changed();
        }
    }

    @Override
    public void applied(Applied applied) {
        String sql = """
            insert into kafka_ha_applied (node, revision, digest, host)
            values (:node, :revision, :digest, :host)
            on conflict (node) do update
              set revision = excluded.revision, digest = excluded.digest, host = excluded.host,
                  applied_at = clock_timestamp()
            """;
        tried(() -> jdbc.sql(sql)
                .param("node", applied.node())
                .param("revision", applied.revision())
                .param("digest", applied.digest())
                .param("host", applied.host())
                .update());
    }

    @Override
    public List<Applied> applied() {
        return tried(() -> jdbc.sql("select node, revision, digest, host from kafka_ha_applied order by node")
                .query(Applied.class)
                .list());
    }

    private <T> T tried(java.util.function.Supplier<T> query) {
        try {
            return query.get();
        } catch (DataAccessException e) {
            throw failure(e);
        }
    }

    private ClusterFailure failure(DataAccessException e) {
        return new ClusterFailure(
                "cannot use the revisions in " + name + ": "
                        + e.getMostSpecificCause().getMessage()
                        + ". Is the database up and migrated? Without one, keep them in a directory: --store DIR",
                e);
    }

    private static ClusterFailure changed() {
        return new ClusterFailure("somebody else changed the revisions at the same time; look with: "
                + "callisto kafka-ha show, then try again");
    }
}
