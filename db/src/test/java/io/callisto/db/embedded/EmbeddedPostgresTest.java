package io.callisto.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class EmbeddedPostgresTest {
    @TempDir
    Path directory;

    private final List<EmbeddedPostgres> started = new ArrayList<>();

    @AfterEach
    void stopAll() {
        started.forEach(EmbeddedPostgres::stop);
    }

    @Test
    void committed_rows_survive_a_kill_of_every_process() throws Exception {
        EmbeddedPostgres postgres = postgres(freePort());
        long first = postgres.start();
        execute(postgres, "create table t (id int)");
        execute(postgres, "insert into t select generate_series(1, 1000)");

        ProcessHandle postmaster = ProcessHandle.of(first).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        all.add(postmaster);
        all.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().get(10, TimeUnit.SECONDS);

        assertThat(postgres.pid()).isEmpty();
        long second = postgres.start();
        assertThat(second).isNotEqualTo(first);
        assertThat(query(postgres, "select count(*) from t")).isEqualTo("1000");
    }

    @Test
    void commits_reach_the_disk_and_no_unix_socket_is_made() throws Exception {
        EmbeddedPostgres postgres = postgres(freePort());
        postgres.start();
        assertThat(query(postgres, "show fsync")).isEqualTo("on");
        assertThat(query(postgres, "show synchronous_commit")).isEqualTo("on");
        assertThat(query(postgres, "show max_connections")).isEqualTo("400");
        assertThat(query(postgres, "show unix_socket_directories")).isEmpty();
        assertThat(query(postgres, "show client_connection_check_interval")).isEqualTo("500ms");
    }

    @Test
    void a_running_server_is_adopted_and_moves_when_another_port_is_wanted() throws Exception {
        EmbeddedPostgres postgres = postgres(freePort());
        long pid = postgres.start();
        assertThat(postgres.start()).isEqualTo(pid);
        EmbeddedPostgres elsewhere = postgres(freePort());
        assertThat(elsewhere.start()).isNotEqualTo(pid);
        assertThat(query(elsewhere, "select 1")).isEqualTo("1");
    }

    @Test
    void a_recycled_process_id_is_not_taken_for_a_running_server() throws Exception {
        EmbeddedPostgres postgres = postgres(freePort());
        postgres.start();
        postgres.stop();
        Files.writeString(
                directory.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + directory.resolve("data") + "\n1\n5432\n\n127.0.0.1\n");
        assertThat(postgres.pid()).isEmpty();
        assertThat(postgres.start()).isPositive();
    }

    @Test
    void a_port_in_use_is_named() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedPostgres postgres = postgres(taken.getLocalPort());
            assertThatThrownBy(postgres::start)
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void data_of_another_version_is_refused_with_advice() throws Exception {
        EmbeddedPostgres postgres = postgres(freePort());
        postgres.start();
        postgres.stop();
        Files.writeString(directory.resolve("data/PG_VERSION"), "12\n");
        assertThatThrownBy(postgres::start)
                .hasMessageContaining("made by PostgreSQL 12")
                .hasMessageContaining("pg_dump");
    }

    @Test
    void a_directory_of_something_else_is_left_alone() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/diary.txt"), "dear");
        assertThatThrownBy(() -> postgres(freePort()).start()).hasMessageContaining("Choose another");
        assertThat(directory.resolve("data/diary.txt")).exists();
    }

    @Test
    void a_full_disk_is_called_a_full_disk() {
        assertThat(Explanation.of("PANIC: could not write to file: No space left on device"))
                .startsWith("the disk is full");
    }

    private EmbeddedPostgres postgres(int port) {
        EmbeddedPostgres postgres = new EmbeddedPostgres(new EmbeddedPostgres.Settings(
                directory.resolve("data"), "127.0.0.1", port, directory.resolve("a log.txt"), true));
        started.add(postgres);
        return postgres;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(postgres.jdbcUrl());
        return source.getConnection(EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
    }
}
