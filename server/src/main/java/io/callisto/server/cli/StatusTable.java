package io.callisto.server.cli;

import io.callisto.server.cluster.ClusterStatus;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A cluster's status for people. */
final class StatusTable {
    private StatusTable() {}

    static void print(ClusterStatus status, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "WHAT", "WHERE", "PID", "STATE", "MIB", "LOG"));
        status.infrastructure().forEach(process -> rows.add(row(process)));
        status.servers().forEach(server -> server.processes().forEach(process -> rows.add(row(process))));
        print(rows, out);
        int memory = rows.stream()
                .skip(1)
                .mapToInt(row -> row.get(5).equals("-") ? 0 : Integer.parseInt(row.get(5)))
                .sum();
        out.println(memory + " MiB resident in all; data in " + status.directory());
        status.servers()
                .forEach(server -> out.println(server.name() + ": REST " + server.url() + "/api/v1, documentation "
                        + server.url() + "/swagger-ui/index.html"));
        if (!status.roles().isEmpty()) {
            out.println();
            List<List<String>> roles = new ArrayList<>();
            roles.add(List.of("ROLE", "OWNER", "EPOCH", "STATE", "SINCE"));
            status.roles()
                    .forEach(role -> roles.add(List.of(
                            role.scope(),
                            role.server() == null ? "-" : role.server() + "/" + role.process(),
                            (role.epoch() >> 40) + "." + (role.epoch() & ((1L << 40) - 1)),
                            role.state(),
                            role.ageSeconds() + " s")));
            print(roles, out);
        }
        out.flush();
    }

    private static List<String> row(ClusterStatus.ProcessStatus process) {
        return List.of(
                process.name(),
                process.kind(),
                Objects.requireNonNullElse(process.address(), "-"),
                process.pid() == null ? "-" : process.pid().toString(),
                process.state(),
                process.memoryMegabytes() == null
                        ? "-"
                        : process.memoryMegabytes().toString(),
                Objects.requireNonNullElse(process.log(), "-"));
    }

    private static void print(List<List<String>> rows, PrintWriter out) {
        int columns = rows.get(0).size();
        int[] width = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                line.append(cell);
                if (i < columns - 1) {
                    line.append(" ".repeat(width[i] - cell.length() + 2));
                }
            }
            out.println(line);
        }
    }
}
