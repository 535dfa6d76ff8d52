package io.callisto.drills.testbed.compose;

import io.callisto.drills.testbed.TargetFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The docker command line. Which engine is its own matter: {@code DOCKER_HOST}, {@code DOCKER_CONTEXT}. */
final class Docker {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Map<String, String> environment;

    /** @param environment in addition to this JVM's */
    Docker(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Runs a command that must succeed.
     *
     * @return what it said
     * @throws TargetFailure with what it said
     */
    String run(List<String> arguments) {
        return run(LIMIT, arguments);
    }

    String run(Duration limit, List<String> arguments) {
        return start(arguments).output(limit);
    }

    /** Runs commands at the same time; all must succeed. */
    void runAll(List<List<String>> commands) {
        List<Running> running = commands.stream().map(this::start).toList();
        List<TargetFailure> failures = new ArrayList<>();
        for (Running command : running) {
            try {
                command.output(LIMIT);
            } catch (TargetFailure e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            TargetFailure first = failures.remove(0);
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    private Running start(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        try {
            // Into a file: nobody would read a pipe of a command that hangs.
            Path output = Files.createTempFile("callisto-docker", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            return new Running(command, builder.start(), output);
        } catch (IOException e) {
            throw new TargetFailure(
                    "cannot run docker (" + e.getMessage() + "); install it, see" + " docs/operating/compose.md", e);
        }
    }

    private record Running(List<String> command, Process process, Path file) {
        String output(Duration limit) {
            try {
                boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    process.destroyForcibly();
                }
                String said = Files.readString(file, StandardCharsets.UTF_8).strip();
                if (!ended || process.exitValue() != 0) {
                    throw new TargetFailure(
                            "'" + String.join(" ", command) + "' "
                                    + (ended ? "failed" : "took longer than " + limit.toSeconds() + " s") + ": "
                                    + said,
                            null);
                }
                return said;
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new TargetFailure("interrupted while running " + String.join(" ", command), e);
            } catch (IOException e) {
                throw new TargetFailure("cannot read what '" + String.join(" ", command) + "' said", e);
            } finally {
                forget();
            }
        }

        /** What cannot be deleted is left to whoever empties the temporary directory. */
        private void forget() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                file.toFile().deleteOnExit();
            }
        }
    }
}
