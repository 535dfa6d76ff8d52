package io.callisto.agents.zones;

import io.callisto.domain.InvariantBroken;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code command}, and what an order to move a zone depends on. Thread-safe. */
final class JdbcCommandStore {
    private static final String PENDING = """
            select id, kind, payload from command where scope = :scope and state = 'PENDING' order by id limit :limit
            """;
    private static final String SETTLE = """
            update command set state = :state, result = cast(:result as jsonb), applied_at = clock_timestamp(),
                   applied_epoch = :epoch
             where id = :id and state = 'PENDING'
            """;
    private static final String SERVES = """
            select exists (select 1 from ha_node
                            where server = :server and state = 'RUNNING' and 'agent-manager' = any (services))
            """;
    private static final String ALLOCATED_SINCE = """
            select w.server from scope_wish w join command c on c.id = :id
             where w.scope = :scope and w.server <> :server and w.changed_at > c.requested_at
            """;
    private static final String ALLOCATE = """
            insert into scope_wish as w (scope, server, changed_by)
            select c.scope, :server, c.requested_by from command c join server s on s.name = :server where c.id = :id
            on conflict (scope) do update
               set server = excluded.server, changed_by = excluded.changed_by, changed_at = clock_timestamp()
             where w.server <> excluded.server
            """;

    private final JsonMapper json = JsonMapper.builder().build();

    /** The oldest orders of the scope that wait. */
    List<ZoneCommand> pending(JdbcClient jdbc, Scope scope, int limit) {
        return jdbc.sql(PENDING)
                .param("scope", scope.value())
                .param("limit", limit)
                .query((row, number) ->
                        new ZoneCommand(row.getLong("id"), row.getString("kind"), to(row.getString("payload"))))
                .list();
    }

    private @Nullable String to(String payload) {
        JsonNode value = json.readTree(payload).path("to");
        return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
    }

    /** Everything that the decision about an order needs to know, as of this transaction. */
    MoveDecision.Facts facts(JdbcClient jdbc, Lease lease, ZoneCommand command, String here) {
        String to = command.to();
        if (to == null) {
            return new MoveDecision.Facts(here, false, null);
        }
        boolean serves =
                jdbc.sql(SERVES).param("server", to).query(Boolean.class).single();
        String since = jdbc.sql(ALLOCATED_SINCE)
                .param("id", command.id())
                .param("scope", lease.scope().value())
                .param("server", to)
                .query(String.class)
                .optional()
                .orElse(null);
        return new MoveDecision.Facts(here, serves, since);
    }

    /** Makes the server that an order names the zone's allocated one, so that it claims first. */
    void allocate(JdbcClient jdbc, ZoneCommand command, String to) {
        jdbc.sql(ALLOCATE).param("id", command.id()).param("server", to).update();
    }

    /** Notes what became of an order, in the transaction that carries it out. */
    void settle(JdbcClient jdbc, Lease lease, ZoneCommand command, MoveDecision decision) {
        String refusal = decision.refusal();
        Map<String, String> result =
                refusal == null ? Map.of("state", decision.leaves() ? "MOVING" : "HERE") : Map.of("refused", refusal);
        int settled = jdbc.sql(SETTLE)
                .param("state", refusal == null ? "APPLIED" : "REFUSED")
                .param("result", json.writeValueAsString(result))
                .param("epoch", lease.epoch())
                .param("id", command.id())
                .update();
        if (settled != 1) {
            throw new InvariantBroken("INV-1", "command " + command.id() + " was settled by somebody else");
        }
    }
}
