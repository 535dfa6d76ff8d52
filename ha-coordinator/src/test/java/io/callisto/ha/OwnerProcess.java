package io.callisto.ha;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An owner in a JVM of its own, to be killed or frozen. Ends with the test's JVM, or after two minutes. */
final class OwnerProcess implements AutoCloseable {
    private final Process process;

    private OwnerProcess(Process process) {
        this.process = process;
    }

    static OwnerProcess start(String server, Scope scope, String url, String user, String password) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OwnerProcess.class.getName(),
                server,
                scope.value(),
                url,
                user,
                password);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return new OwnerProcess(builder.start());
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** The process stands still, its sockets stay. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Waiting.until(Duration.ofSeconds(10), () -> !process.isAlive());
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill " + signal + " said " + code);
        }
    }

    /**
     * Stands for a scope.
     *
     * @param args server, scope, database's URL, user, password
     */
    public static void main(String[] args) throws InterruptedException {
        LeaseCoordinator coordinator = LeaseCoordinator.start(
                TestNodes.settings(args[0], "server", TestNodes.QUICK, args[2], args[3], args[4]),
                System::nanoTime,
                UUID::randomUUID);
        coordinator.register("campaign-director").standFor(new Scope(args[1]), Duration.ofMillis(20), TestDuty.idle());
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        CountDownLatch never = new CountDownLatch(1);
        for (int second = 0; second < 120 && parent.isAlive(); second++) {
            if (never.await(1, TimeUnit.SECONDS)) {
                return;
            }
        }
        Runtime.getRuntime().halt(1);
    }
}
