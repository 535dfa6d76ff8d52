package io.callisto.server.cli.kafka;

import io.callisto.server.cli.CallistoCommand;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code callisto kafka-ha}. */
@Command(
        name = "kafka-ha",
        mixinStandardHelpOptions = true,
        description = "High availability of Kafka: configure, verify, size, restart, back up.",
        footer = {"", "Guide: docs/operating/kafka.md"},
        subcommands = {
            EnableCommand.class,
            PullCommand.class,
            ShowCommand.class,
            UndoCommand.class,
            BundleCommand.class,
            VerifyCommand.class,
            ControllerCommand.class,
            SpreadCommand.class,
            RollingRestartCommand.class,
            SizeCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        })
public final class KafkaHaCommand implements CallistoCommand, Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Object command() {
        return this;
    }

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "which of its commands?");
    }
}
