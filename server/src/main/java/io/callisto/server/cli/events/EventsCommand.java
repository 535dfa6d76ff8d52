package io.callisto.server.cli.events;

import io.callisto.server.cli.CallistoCommand;
import picocli.CommandLine.Command;

/** {@code callisto events}; found by its name in {@code META-INF/services}. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Reads the events that the cluster publishes in Kafka.",
        subcommands = TailCommand.class)
public final class EventsCommand implements CallistoCommand {
    /** For the service loader. */
    public EventsCommand() {}

    @Override
    public Object command() {
        return this;
    }
}
