package io.callisto.drills.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs short system commands to their end. */
final class Commands {
    private static final long LIMIT_SECONDS = 20;

    private Commands() {}

    /**
     * @param exitCode 127 where there is no such command
     * @param output both streams
     */
    record Outcome(int exitCode, String output) {
        boolean ok() {
            return exitCode == 0;
        }
    }

    /**
     * Runs a command that must succeed.
     *
     * @throws TargetFailure with what it said
     */
    static String run(String... command) {
        return input("", command);
    }

    /** The same with something to read. */
    static String input(String text, String... command) {
        Outcome outcome = attempt(text, List.of(command));
        if (!outcome.ok()) {
            throw new TargetFailure(
                    "'" + String.join(" ", command) + "' failed (" + outcome.exitCode() + "): " + outcome.output(),
                    null);
        }
        return outcome.output();
    }

    /** Runs a command that may fail. */
    static Outcome attempt(String... command) {
        return attempt("", List.of(command));
    }

    private static Outcome attempt(String text, List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended without reading: its exit code says why.
                process.destroy();
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Outcome(124, output + " (took longer than " + LIMIT_SECONDS + " s)");
            }
            return new Outcome(process.exitValue(), output);
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetFailure("interrupted while running " + command.get(0), e);
        }
    }

    /** Ends processes at once. */
    static void kill(List<Long> pids) {
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** Sends a signal by name; a process that is gone meanwhile needs none. */
    static void signal(String signal, List<Long> pids) {
        if (pids.isEmpty()) {
            return;
        }
        String list = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        Outcome outcome = attempt("sh", "-c", "kill -s " + signal + " " + list);
        if (!outcome.ok() && pids.stream().allMatch(pid -> ProcessHandle.of(pid).isPresent())) {
            throw new TargetFailure("cannot send " + signal + " to " + list + ": " + outcome.output(), null);
        }
    }
}
