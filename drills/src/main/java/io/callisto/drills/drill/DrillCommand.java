package io.callisto.drills.drill;

import io.callisto.server.cli.CallistoCommand;
import picocli.CommandLine.Command;

/** {@code callisto drill}. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = "Does faults to a cluster of its own, under load, and proves that nothing was lost or doubled.",
        subcommands = {ListCommand.class, RunCommand.class, SuiteCommand.class})
public final class DrillCommand implements CallistoCommand {
    @Override
    public Object command() {
        return this;
    }
}
