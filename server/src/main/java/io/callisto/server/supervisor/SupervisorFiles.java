package io.callisto.server.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The two files of a server's supervisor: its plan, which the launcher writes, and its records, which it writes itself.
 */
public final class SupervisorFiles {
    private final JsonMapper json = JsonMapper.builder().build();
    private final Path plan;
    private final Path records;

    /** @param home the cluster's directory */
    public SupervisorFiles(Path home, String server) {
        this.plan = home.resolve("run").resolve(server + ".plan.json");
        this.records = home.resolve("run").resolve(server + ".processes.json");
    }

    /** Writes the plan; returns whether it differs from what was there. */
    public boolean writePlan(SupervisorPlan wanted) {
        byte[] content = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(wanted);
        try {
            if (Files.exists(plan) && java.util.Arrays.equals(Files.readAllBytes(plan), content)) {
                return false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + plan, e);
        }
        write(plan, content);
        return true;
    }

    /** Reads the plan. */
    public SupervisorPlan plan() {
        return json.readValue(plan, SupervisorPlan.class);
    }

    /** Path of the plan. */
    public Path planFile() {
        return plan;
    }

    /** The newest records by name of the process; none where there is no file, or a torn one. */
    public Map<String, MemberRecord> records() {
        try {
            return Files.exists(records)
                    ? new TreeMap<>(json.readValue(records, new TypeReference<Map<String, MemberRecord>>() {}))
                    : new TreeMap<>();
        } catch (JacksonException e) {
            return new TreeMap<>();
        }
    }

    void writeRecords(Map<String, MemberRecord> newest) {
        write(records, json.writeValueAsBytes(newest));
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
