package io.callisto.benchmarks.events;

import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.OutboxEvent;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes events as the product's roles do, and sees what waits. Used by one thread. */
final class JdbcBenchOutboxStore {
    private static final int ROWS = 5_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JdbcOutboxStore outbox = new JdbcOutboxStore();
    private final EventJson json = new EventJson();

    JdbcBenchOutboxStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** In one transaction, which is committed when this returns; nobody sees any of them before. */
    void write(List<? extends CallistoEvent> events) {
        transaction.executeWithoutResult(status -> {
            for (int from = 0; from < events.size(); from += ROWS) {
                outbox.write(
                        jdbc,
                        events.subList(from, Math.min(events.size(), from + ROWS)).stream()
                                .map(event -> OutboxEvent.of(event, json))
                                .toList());
            }
        });
    }

    boolean empty() {
        return !jdbc.sql("select exists (select from event_outbox)")
                .query(Boolean.class)
                .single();
    }
}
