package io.callisto.server.cli.kafka;

import io.callisto.server.kafkaha.HaRevisions;
import io.callisto.server.kafkaha.RevisionStore;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.Uuid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code callisto kafka-ha undo}. */
@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        description = "Makes the revision before the present one the present again; servers get it by their next pull.")
final class UndoCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private StoreOption store = new StoreOption();

    @Override
    public Integer call() {
        RevisionStore revisions = store.store();
        int undone = revisions.current();
        int now = new HaRevisions(revisions, () -> Uuid.randomUuid().toString()).undo();
        output.line("revision " + undone + " is undone; "
                + (now == 0 ? "what the servers had before the first one" : "revision " + now) + " is in force");
        output.line("On every server: callisto kafka-ha pull. Then: callisto kafka-ha rolling-restart");
        output.result(Map.of("undone", undone, "revision", now));
        return 0;
    }
}
