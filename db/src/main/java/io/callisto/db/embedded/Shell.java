package io.callisto.db.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands to their end. */
final class Shell {
    private Shell() {}

    /**
     * @param exitCode of the command; 124 where it was ended for taking too long
     * @param output both streams
     */
    record Outcome(int exitCode, String output) {
        boolean ok() {
            return exitCode == 0;
        }
    }

    /** Output goes through a file: a daemon that the command leaves behind would hold a pipe open for ever. */
    static Outcome run(List<String> prefix, List<String> command, long timeoutSeconds) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(command);
        try {
            Path output = Files.createTempFile("callisto-pg", ".out");
            try {
                Process process = new ProcessBuilder(line)
                        .directory(new File("/"))
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(output.toFile())
                        .start();
                boolean ended = process.waitFor(timeoutSeconds, TimeUnit.SECONDS);
                if (!ended) {
                    process.destroyForcibly();
                }
                return new Outcome(
                        ended ? process.exitValue() : 124,
                        new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip());
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("interrupted while running " + command.get(0), e);
        }
    }
}
