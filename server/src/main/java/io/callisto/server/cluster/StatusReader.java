package io.callisto.server.cluster;

import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.supervisor.MemberRecord;
import io.callisto.server.supervisor.SupervisorFiles;
import io.callisto.server.supervisor.SupervisorPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the processes of a cluster. */
final class StatusReader {
    private final ClusterFiles files;
    private final ClusterState state;
    private final ProcessLauncher launcher;
    private final ClusterPlan plan;
    private final ServerPlan servers;

    StatusReader(ClusterFiles files, ClusterState state, ProcessLauncher launcher) {
        this.files = files;
        this.state = state;
        this.launcher = launcher;
        this.plan = new ClusterPlan(state, files);
        this.servers = new ServerPlan(state, files);
    }

    ClusterStatus status() {
        return new ClusterStatus(
                files.home().toString(),
                servers(),
                infrastructure(),
                new JdbcRoleStore(plan.databaseUrl(), plan.databaseUser(), plan.databasePassword()).roles());
    }

    List<ClusterStatus.ProcessStatus> processes() {
        return Stream.concat(
                        infrastructure().stream(), servers().stream().flatMap(server -> server.processes().stream()))
                .toList();
    }

    private List<ClusterStatus.ProcessStatus> infrastructure() {
        List<ClusterStatus.ProcessStatus> all = new ArrayList<>();
        if (plan.embeddedDatabase()) {
            OptionalLong pid = plan.postgres(launcher.log("postgres")).pid();
            ProcessIdentity process = pid.isPresent() ? new ProcessIdentity(pid.getAsLong(), 0) : null;
            all.add(new ClusterStatus.ProcessStatus(
                    "postgres",
                    "PostgreSQL",
                    state.address("postgres"),
                    process == null ? null : process.pid(),
                    process == null ? "STOPPED" : "RUNNING",
                    process == null ? null : process.residentMegabytes().orElse(null),
                    launcher.log("postgres").toString()));
        }
        plan.infrastructure().forEach((spec, address) -> {
            ProcessIdentity process = state.processes().get(spec.name());
            all.add(of(spec.name(), kind(spec.name()), address, process));
        });
        return all;
    }

    private List<ClusterStatus.ServerStatus> servers() {
        return servers.names().stream()
                .map(server -> new ClusterStatus.ServerStatus(server, servers.restUrl(server), processesOf(server)))
                .toList();
    }

    private List<ClusterStatus.ProcessStatus> processesOf(String server) {
        List<ClusterStatus.ProcessStatus> all = new ArrayList<>();
        all.add(of(server, "supervisor", null, state.processes().get(server)));
        Map<String, MemberRecord> records = new SupervisorFiles(files.home(), server).records();
        for (SupervisorPlan.Member member : servers.plan(server).members()) {
            String name = member.spec().name();
            MemberRecord record = records.get(name);
            String address = switch (member.service()) {
                case "broker" -> state.address(server + "-broker");
                case "server", "console" -> servers.restUrl(server);
                default -> null;
            };
            ClusterStatus.ProcessStatus status =
                    of(name, kind(member.service()), address, record == null ? null : record.process());
            all.add(record != null && record.stopped() && status.pid() == null ? wishedStopped(status) : status);
        }
        return all;
    }

    /** Stopped by an administrator's wish, which is no fault. */
    private static ClusterStatus.ProcessStatus wishedStopped(ClusterStatus.ProcessStatus status) {
        return new ClusterStatus.ProcessStatus(
                status.name(),
                status.kind(),
                status.address(),
                null,
                ClusterStatus.ProcessStatus.STOPPED_BY_WISH,
                null,
                status.log());
    }

    private ClusterStatus.ProcessStatus of(
            String name, String kind, @Nullable String address, @Nullable ProcessIdentity process) {
        String log = launcher.log(name).toString();
        if (process == null || !process.alive()) {
            String text = process == null ? "STOPPED" : "DEAD";
            return new ClusterStatus.ProcessStatus(name, kind, address, null, text, null, log);
        }
        String text = kind.equals("media gateway")
                ? (accepts(address) ? "RUNNING" : "STARTING")
                : launcher.state(name).read(process.pid()).orElse("STARTING");
        return new ClusterStatus.ProcessStatus(
                name,
                kind,
                address,
                process.pid(),
                text,
                process.residentMegabytes().orElse(null),
                log);
    }

    private static boolean accepts(@Nullable String address) {
        if (address == null) {
            return false;
        }
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String kind(String name) {
        if (name.startsWith("zk")) {
            return "ZooKeeper";
        }
        if (name.startsWith("kafka")) {
            return "Kafka broker";
        }
        if (name.matches("g[0-9]+")) {
            return "media gateway";
        }
        return switch (name) {
            case "broker" -> "Artemis broker";
            case "server" -> "all services";
            default -> name;
        };
    }
}
