package io.callisto.console.strategies;

import io.callisto.console.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Tables of strategies. Thread-safe. */
final class JdbcStrategyStore {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcStrategyStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    int insert(int organisationId, String name) {
        return jdbc.sql("""
                        insert into campaign_strategy (organisation_id, name) values (:organisation, :name)
                        returning strategy_id
                        """)
                .param("organisation", organisationId)
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    /** Locks a strategy until the transaction ends, so that versions are given out one by one. */
    boolean lock(int organisationId, int strategyId) {
        return jdbc.sql("""
                        select 1 from campaign_strategy
                        where strategy_id = :id and organisation_id = :organisation for update
                        """)
                .param("id", strategyId)
                .param("organisation", organisationId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    void rename(int strategyId, String name) {
        jdbc.sql("update campaign_strategy set name = :name where strategy_id = :id")
                .param("name", name)
                .param("id", strategyId)
                .update();
    }

    void insertVersion(int strategyId, String definition, String createdBy) {
        jdbc.sql("""
                        insert into campaign_strategy_version (strategy_id, version, definition, created_by)
                        select :id, coalesce(max(version), 0) + 1, cast(:definition as jsonb), :by
                        from campaign_strategy_version where strategy_id = :id
                        """)
                .param("id", strategyId)
                .param("definition", definition)
                .param("by", createdBy)
                .update();
    }

    Optional<StrategyEntry> find(int organisationId, int strategyId) {
        return newest(organisationId, strategyId, (long) strategyId - 1, 1).stream()
                .findFirst();
    }

    /** The strategies after an id, at most one more than {@code limit}. */
    List<StrategyEntry> after(int organisationId, long afterId, int limit) {
        return newest(organisationId, null, afterId, limit + 1);
    }

    private List<StrategyEntry> newest(int organisationId, @Nullable Integer only, long afterId, int rows) {
        return jdbc.sql("""
                        select s.strategy_id, s.name, v.version, v.definition, v.created_at, v.created_by
                        from campaign_strategy s
                        cross join lateral (select * from campaign_strategy_version v where v.strategy_id =
                          s.strategy_id
                                            order by v.version desc limit 1) v
                        where s.organisation_id = :organisation and s.strategy_id > :after
                          and (cast(:only as integer) is null or s.strategy_id = :only)
                        order by s.strategy_id limit :rows
                        """)
                .param("organisation", organisationId)
                .param("after", afterId)
                .param("only", only)
                .param("rows", rows)
                .query(this::entry)
                .list();
    }

    private StrategyEntry entry(ResultSet row, int number) throws SQLException {
        return new StrategyEntry(
                row.getInt("strategy_id"),
                Columns.text(row, "name"),
                row.getInt("version"),
                json.readValue(Columns.text(row, "definition"), OBJECT),
                Columns.instant(row, "created_at"),
                Columns.text(row, "created_by"));
    }
}
