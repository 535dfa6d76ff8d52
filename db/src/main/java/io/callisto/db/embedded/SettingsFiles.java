package io.callisto.db.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;

/**
 * What a server reads at its start.
 *
 * @param settings wanted
 * @param data directory of the server
 * @param linux whether the system can tell that a client has gone
 */
record SettingsFiles(EmbeddedPostgres.Settings settings, Path data, boolean linux) {
    /** Writes our settings, and who may come in. */
    void write(Account account) throws IOException {
        String sync = settings.durable() ? "on" : "off";
        PeerLimits limits = settings.limits();
        String configuration = """
                # Written at every start by Callisto. Put settings of your own into postgresql.conf, above the include.
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = ''
                max_connections = 400
                shared_buffers = 64MB
                fsync = %s
                synchronous_commit = %s
                full_page_writes = %s
                max_wal_size = 2GB
                wal_compression = on
                jit = off
                max_parallel_workers_per_gather = 0
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_checkpoints = off
                # A peer that is gone must not keep its locks: seconds, not hours.
                tcp_keepalives_idle = %d
                tcp_keepalives_interval = %d
                tcp_keepalives_count = %d
                tcp_user_timeout = %d
                client_connection_check_interval = %d
                idle_in_transaction_session_timeout = %d
                """.formatted(
                        settings.host(),
                        settings.port(),
                        sync,
                        sync,
                        sync,
                        limits.keepaliveSeconds(),
                        limits.keepaliveSeconds(),
                        limits.keepaliveCount(),
                        limits.userTimeoutMillis(),
                        linux ? limits.checkMillis() : 0,
                        limits.idleInTransactionMillis());
        Path file = data.resolve("callisto.conf");
        Files.writeString(file, configuration);
        account.own(file);
        Path main = data.resolve("postgresql.conf");
        if (!Files.readString(main).contains("include 'callisto.conf'")) {
            Files.writeString(main, "\ninclude 'callisto.conf'\n", StandardOpenOption.APPEND);
        }
        letIn(data.resolve("pg_hba.conf"));
    }

    /** Exactly the addresses that we were told, each with the password. */
    private void letIn(Path rules) throws IOException {
        String before = Files.readString(rules);
        String missing = settings.clients().stream()
                .map(client -> "host all all " + client + (client.contains("/") ? "" : "/32") + " scram-sha-256\n")
                .filter(line -> !before.contains(line))
                .collect(Collectors.joining());
        if (!missing.isEmpty()) {
            Files.writeString(rules, missing, StandardOpenOption.APPEND);
        }
    }
}
