package io.callisto.server.supervisor;

import io.callisto.server.process.Arguments;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.process.StateFile;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Supervisor of one server. Arguments: {@code --home} (the cluster's directory) and {@code --server}. */
public final class SupervisorMain {
    private SupervisorMain() {}

    public static void main(String[] args) throws InterruptedException {
        Arguments arguments = Arguments.parse(args);
        Path home = Path.of(arguments.get("home"));
        SupervisorFiles files = new SupervisorFiles(home, arguments.get("server"));
        SupervisorRunner runner =
                new SupervisorRunner(files.plan(), files, new ProcessLauncher(home), System::nanoTime);
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            runner.stop();
                            try {
                                TimeUnit.MILLISECONDS.timedJoin(main, 90_000);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "shutdown"));
        StateFile.report("RUNNING");
        runner.run();
    }
}
