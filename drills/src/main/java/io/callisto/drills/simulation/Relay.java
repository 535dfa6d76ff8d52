package io.callisto.drills.simulation;

import io.callisto.drills.simulation.SimLog.Opened;
import io.callisto.drills.simulation.Tables.Event;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The relay of an outbox shard, in the product's order: see that the scope is ours, open a producer, delete what the
 * position lists, then batch after batch: select, publish with its position, delete.
 */
final class Relay implements RoleDuty {
    private static final int BATCH = 4;
    private static final long PERIOD = 100 * World.MILLI;

    private final Stage stage;
    private final SimServer server;
    private final Script script;
    private int producer;

    Relay(Stage stage, SimServer server, Script script) {
        this.stage = stage;
        this.server = server;
        this.script = script;
    }

    @Override
    public void takeOver(Lease lease) {
        script.begin(() -> script.fenced("require owner", (tables, tx) -> {}, this::open));
    }

    private void open() {
        script.acts("open producer");
        Lease lease = script.lease();
        script.ask(
                server.logLink(),
                "open producer",
                (Consumer<Opened> answer) -> answer.accept(stage.log().open(lease.scope())),
                opened -> {
                    producer = opened.producer();
                    delete(opened.position());
                });
    }

    private void delete(List<Long> rows) {
        script.fenced(
                "delete published",
                (tables, tx) -> tx.change(next -> {
                    next.outbox.keySet().removeAll(rows);
                    return true;
                }),
                this::select);
    }

    private void select() {
        List<Event> batch = new ArrayList<>();
        script.fenced(
                "select outbox",
                (tables, tx) -> tables.outbox.values().stream().limit(BATCH).forEach(batch::add),
                () -> publish(batch));
    }

    private void publish(List<Event> batch) {
        if (batch.isEmpty()) {
            script.later(PERIOD, this::select);
            return;
        }
        script.acts("publish");
        Lease lease = script.lease();
        script.ask(
                server.logLink(),
                "publish",
                (Consumer<Boolean> answer) ->
                        answer.accept(stage.log().commit(lease.scope(), lease.epoch(), producer, batch)),
                current -> {
                    if (!current) {
                        throw new Fenced(lease, "another producer has come");
                    }
                    delete(batch.stream().map(Event::row).toList());
                });
    }

    @Override
    public int doWork(Lease lease) {
        return script.run(lease);
    }

    @Override
    public void close() {
        script.close();
    }
}
