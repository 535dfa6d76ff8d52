package io.callisto.benchmarks.failover;

import io.callisto.benchmarks.cli.BenchOutput;
import io.callisto.benchmarks.cli.BenchRunner;
import io.callisto.benchmarks.failover.Contest.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Runs the benchmark. Used by one thread, once. */
final class FailoverBenchRunner {
    private static final String MARK = "bench-failover";

    private final FailoverBenchPlan plan;
    private final BenchOutput output;

    FailoverBenchRunner(FailoverBenchPlan plan, BenchOutput output) {
        this.plan = plan;
        this.output = output;
    }

    /** Returns the exit code: 0 where all was measured and no former owner of ours had an effect. */
    int run() {
        return new BenchRunner(output).run(() -> {
            List<Result> results = results();
            output.result(FailoverTable.values(results, plan), () -> FailoverTable.text(results, plan));
            return results.stream().filter(result -> result.contender().ours()).allMatch(FailoverBenchRunner::safe);
        });
    }

    private static boolean safe(Result result) {
        return result.kills().rivals() + result.freezes().rivals() == 0
                && result.kills().late() + result.freezes().late() == 0
                && result.kills().unfinished() + result.freezes().unfinished() == 0;
    }

    List<Result> results() throws IOException, InterruptedException, ExecutionException {
        empty();
        output.say("starting PostgreSQL and ZooKeeper in " + plan.dir());
        try (Arena arena = Arena.open(plan.dir())) {
            List<Result> results = new ArrayList<>(slow(arena));
            for (Contender contender : plan.contenders()) {
                if (!contender.slow()) {
                    results.add(measure(arena, contender));
                }
            }
            results.sort(Comparator.comparing(Result::contender));
            return results;
        }
    }

    /** Those that wait for most of the time do so together: their workers are idle meanwhile. */
    private List<Result> slow(Arena arena) throws InterruptedException, ExecutionException {
        List<Contender> slow =
                plan.contenders().stream().filter(Contender::slow).toList();
        if (slow.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(slow.size());
        try {
            List<Future<Result>> futures = new ArrayList<>();
            for (Contender contender : slow) {
                futures.add(threads.submit(() -> measure(arena, contender)));
            }
            List<Result> results = new ArrayList<>();
            for (Future<Result> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private Result measure(Arena arena, Contender contender) throws InterruptedException {
        try (Contest contest = new Contest(arena, contender, plan.cap(), output::say)) {
            return contest.run(plan.runs(), plan.freezes());
        }
    }

    /** Only what an earlier run of ours left is deleted. */
    private void empty() throws IOException {
        Path mark = plan.dir().resolve(MARK);
        if (Files.exists(plan.dir()) && !Files.exists(mark)) {
            try (Stream<Path> content = Files.list(plan.dir())) {
                if (content.findAny().isPresent()) {
                    throw new IOException(plan.dir() + " holds something else; choose another --dir");
                }
            }
        }
        if (Files.exists(plan.dir())) {
            try (Stream<Path> content = Files.walk(plan.dir())) {
                for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(plan.dir());
        Files.writeString(mark, "");
    }
}
