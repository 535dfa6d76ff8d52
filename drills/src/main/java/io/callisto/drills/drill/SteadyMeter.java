package io.callisto.drills.drill;

import io.callisto.drills.api.CallistoApi;
import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.JdbcHistoryStore;
import io.callisto.drills.history.Violation;
import io.callisto.drills.load.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What an idle cluster costs: processor time of the coordinator's threads, transactions of the database. */
final class SteadyMeter {
    private static final Duration REST = Duration.ofSeconds(5);
    private static final Duration SPAN = Duration.ofSeconds(20);
    private static final double CORE_SHARE = 0.02;
    private static final double STATEMENTS_ONE_JVM = 50;
    /** The kernel keeps 15 letters of a thread's name. */
    private static final String COORDINATION = "callisto-";
    /** Linux's clock tick for {@code /proc}: fixed at 100 per second for user space. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int NAME_END = 2;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private static final String STATEMENTS = "callisto_lease_statements_total";

    private final Stage stage;
    private final Consumer<String> say;
    private final List<String> notes = new ArrayList<>();

    SteadyMeter(Stage stage, Consumer<String> say) {
        this.stage = stage;
        this.say = say;
    }

    /** Measures for some seconds; nothing else may go on. */
    List<Violation> measure() {
        Patience.rest(REST);
        JdbcHistoryStore history = stage.history();
        Map<String, Double> before = coordinationSeconds();
        double statementsBefore = statements();
        JdbcHistoryStore.Work start = history.work();
        Patience.rest(SPAN);
        Map<String, Double> after = coordinationSeconds();
        JdbcHistoryStore.Work end = history.work();
        double seconds = Duration.between(start.at(), end.at()).toMillis() / 1_000.0;
        List<Violation> found = new ArrayList<>();
        after.forEach((server, used) -> {
            double share = (used - before.getOrDefault(server, 0.0)) / seconds;
            note(String.format(
                    Locale.ROOT,
                    "%s: threads %s* take %.2f %% of a core (goal < 2 %%)",
                    server,
                    COORDINATION,
                    100 * share));
            if (share >= CORE_SHARE) {
                found.add(new Violation(
                        Aspect.COST,
                        String.format(Locale.ROOT, "coordination takes %.2f %% of a core on %s", 100 * share, server)));
            }
        });
        double rate = (statements() - statementsBefore) / seconds;
        note(String.format(
                Locale.ROOT,
                "coordination: %.1f SQL statements/s of all servers (goal < %.0f); the database did %.1f transactions/s"
                        + " in all, work sweeps and message brokers included",
                rate,
                STATEMENTS_ONE_JVM,
                (end.transactions() - start.transactions()) / seconds));
        if (rate >= STATEMENTS_ONE_JVM) {
            found.add(new Violation(
                    Aspect.COST,
                    String.format(Locale.ROOT, "coordination makes %.1f statements/s in an idle cluster", rate)));
        }
        return found;
    }

    /** What was measured, in words. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** SQL statements of the coordinators so far, as they count themselves. */
    private double statements() {
        double sum = 0;
        for (CallistoApi api : stage.apis().values()) {
            sum += Metrics.sum(api.text("/actuator/prometheus"), STATEMENTS)
                    .orElseThrow(() -> new NotPossible("the servers' metrics have no " + STATEMENTS));
        }
        return sum;
    }

    private void note(String what) {
        notes.add(what);
        say.accept(what);
    }

    /** Processor seconds of the coordinator's threads so far, by server. */
    private Map<String, Double> coordinationSeconds() {
        Map<String, Double> seconds = new TreeMap<>();
        for (JdbcHistoryStore.Member member : stage.history().members()) {
            seconds.merge(member.server(), ofProcess(member.pid()), Double::sum);
        }
        return seconds;
    }

    private static double ofProcess(long pid) {
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(tasks)) {
            throw new NotPossible("processor time is read from /proc, which does not show process " + pid);
        }
        try (Stream<Path> threads = Files.list(tasks)) {
            return threads.mapToDouble(thread -> ofThread(thread.resolve("stat")))
                    .sum();
        } catch (IOException gone) {
            throw new NotPossible("cannot read " + tasks + ": " + gone.getMessage());
        }
    }

    private static double ofThread(Path stat) {
        try {
            return seconds(Files.readString(stat));
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Seconds that a thread of the coordinator has used, from its line in {@code /proc}; 0 for other threads. */
    static double seconds(String stat) {
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        if (!name.startsWith(COORDINATION)) {
            return 0;
        }
        String[] fields =
                stat.substring(stat.lastIndexOf(')') + NAME_END).strip().split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
    }
}
