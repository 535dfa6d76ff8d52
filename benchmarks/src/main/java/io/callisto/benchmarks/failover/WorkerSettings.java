package io.callisto.benchmarks.failover;

import io.callisto.server.process.Arguments;
import java.util.List;

/**
 * What a worker is told.
 *
 * @param contender whom it works for
 * @param worker its name, never used twice in a run
 * @param jdbcUrl of PostgreSQL
 * @param zooKeeper connect string
 */
record WorkerSettings(Contender contender, String worker, String jdbcUrl, String zooKeeper) {
    static WorkerSettings parse(String... args) {
        Arguments arguments = Arguments.parse(args);
        return new WorkerSettings(
                Contender.valueOf(arguments.get("contender")),
                arguments.get("worker"),
                arguments.get("jdbc-url"),
                arguments.get("zookeeper"));
    }

    List<String> arguments() {
        return List.of(
                "--contender=" + contender.name(),
                "--worker=" + worker,
                "--jdbc-url=" + jdbcUrl,
                "--zookeeper=" + zooKeeper);
    }
}
