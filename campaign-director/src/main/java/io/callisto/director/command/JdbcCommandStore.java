package io.callisto.director.command;

import io.callisto.domain.InvariantBroken;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code command}. Thread-safe. */
public final class JdbcCommandStore {
    private static final String PENDING = """
            select id, kind, payload from command where scope = :scope and state = 'PENDING' order by id limit :limit
            """;
    private static final String SETTLE = """
            update command set state = :state, result = cast(:result as jsonb), applied_at = clock_timestamp(),
                   applied_epoch = :epoch
             where id = :id and state = 'PENDING'
            """;

    private final JsonMapper json = JsonMapper.builder().build();

    /** The oldest orders of the scope that wait. */
    public List<PendingCommand> pending(JdbcClient jdbc, Scope scope, int limit) {
        return jdbc.sql(PENDING)
                .param("scope", scope.value())
                .param("limit", limit)
                .query((row, number) -> new PendingCommand(
                        row.getLong("id"), row.getString("kind"), json.readTree(row.getString("payload"))))
                .list();
    }

    /**
     * Notes what became of an order, in the transaction that carries it out.
     *
     * @param lease of the order's scope
     */
    public void settle(JdbcClient jdbc, Lease lease, PendingCommand command, CommandOutcome outcome) {
        String refusal = outcome.refusal();
        Map<String, String> result =
                refusal == null ? Map.of("state", String.valueOf(outcome.state())) : Map.of("refused", refusal);
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
