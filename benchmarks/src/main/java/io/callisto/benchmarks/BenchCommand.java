package io.callisto.benchmarks;

import io.callisto.benchmarks.dialing.DialingBenchCommand;
import io.callisto.benchmarks.events.EventsBenchCommand;
import io.callisto.benchmarks.failover.FailoverBenchCommand;
import io.callisto.server.cli.CallistoCommand;
import picocli.CommandLine.Command;

/** {@code callisto bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a part of the product beside its limit on this machine.",
        subcommands = {DialingBenchCommand.class, EventsBenchCommand.class, FailoverBenchCommand.class})
public final class BenchCommand implements CallistoCommand {
    @Override
    public Object command() {
        return this;
    }
}
