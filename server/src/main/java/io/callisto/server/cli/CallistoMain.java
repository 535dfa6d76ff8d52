package io.callisto.server.cli;

import io.callisto.certificates.CertificateFailure;
import io.callisto.server.cli.certs.CertsCommand;
import io.callisto.server.cluster.ClusterFailure;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of the command line. Exit code 0: done; 1: failed, with the reason on standard error; 2: wrong usage. */
@Command(
        name = "callisto",
        mixinStandardHelpOptions = true,
        version = "callisto 0.1.0",
        description = "An open, highly available outreach (outbound-campaign) server cluster.",
        footer = {"", "Begin with: callisto up"},
        subcommands = {UpCommand.class, DownCommand.class, StatusCommand.class, CertsCommand.class})
public final class CallistoMain {
    private static final Logger log = LoggerFactory.getLogger(CallistoMain.class);

    private CallistoMain() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new CallistoMain());
        for (CallistoCommand added : ServiceLoader.load(CallistoCommand.class)) {
            line.addSubcommand(added.command());
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof ClusterFailure || failure instanceof CertificateFailure) {
                command.getErr().println("callisto: " + failure.getMessage());
            } else {
                command.getErr().println("callisto: " + failure);
                log.atError().setCause(failure).log("unexpected failure");
            }
            command.getErr().flush();
            return 1;
        });
        return line;
    }
}
