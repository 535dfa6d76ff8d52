package io.callisto.server.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that cannot be mistaken for another with the same recycled id.
 *
 * @param pid its id
 * @param startedAtMillis when the system says that it started
 */
public record ProcessIdentity(long pid, long startedAtMillis) {
    private static final long CLOCK_SLACK_MILLIS = 1_500;

    /** Identity of a process that was just started or found. */
    public static ProcessIdentity of(ProcessHandle handle) {
        return new ProcessIdentity(handle.pid(), started(handle));
    }

    /** The process, while it is alive. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(found -> Math.abs(started(found) - startedAtMillis) <= CLOCK_SLACK_MILLIS)
                .filter(found -> !isZombie());
    }

    /** Whether the process is alive. */
    public boolean alive() {
        return handle().isPresent();
    }

    /** Memory in use in MiB, where the system tells. */
    public Optional<Integer> residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Integer.parseInt(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A dead process whose parent does not collect it, as under a container's first process, is dead for us. */
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            int end = stat.lastIndexOf(')');
            return end > 0 && end + 2 < stat.length() && "ZX".indexOf(stat.charAt(end + 2)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static long started(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
