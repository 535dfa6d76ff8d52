package io.callisto.server.cli.kafka;

import io.callisto.server.cli.DirectoryOption;
import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.cluster.LocalCluster;
import io.callisto.server.kafkaha.DirectoryRevisionStore;
import io.callisto.server.kafkaha.JdbcRevisionStore;
import io.callisto.server.kafkaha.RevisionStore;
import io.callisto.server.process.PostgresAccess;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where revisions are kept: a directory, a database, or the database of the local cluster. */
final class StoreOption {
    private static final int ANSWER_SECONDS = 15;

    @Mixin
    private DirectoryOption local = new DirectoryOption();

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Keep revisions in this directory, which all servers see, instead of the database.")
    private @Nullable Path directory;

    @Option(names = "--database-url", description = "Callisto's database (JDBC address), where revisions are kept.")
    private @Nullable String url;

    @Option(names = "--database-user", description = "User of --database-url.")
    private @Nullable String user;

    @Option(
            names = "--database-password",
            interactive = true,
            arity = "0..1",
            description = "Password of --database-url; without a value it is asked for.")
    private @Nullable String password;

    DirectoryOption local() {
        return local;
    }

    RevisionStore store() {
        if (directory != null) {
            return new DirectoryRevisionStore(directory);
        }
        return database()
                .<RevisionStore>map(source -> new JdbcRevisionStore(source, databaseName()))
                .orElseThrow(() -> new ClusterFailure("where should the revisions be kept? Give --database-url (and "
                        + "--database-user, --database-password) or a directory that all servers see: --store DIR"));
    }

    /** The store, where one is named or can be guessed. */
    Optional<RevisionStore> find() {
        return directory == null && url == null && !local.exists() ? Optional.empty() : Optional.of(store());
    }

    /** Callisto's database, where it is known. */
    Optional<DataSource> database() {
        if (url != null) {
            return Optional.of(PostgresAccess.of(
                    url,
                    Objects.requireNonNullElse(user, "callisto"),
                    Objects.requireNonNullElse(password, ""),
                    "callisto-kafka-ha",
                    ANSWER_SECONDS));
        }
        if (!local.exists()) {
            return Optional.empty();
        }
        LocalCluster cluster = local.cluster();
        return Optional.of(PostgresAccess.of(
                cluster.jdbcUrl(),
                cluster.databaseUser(),
                cluster.databasePassword(),
                "callisto-kafka-ha",
                ANSWER_SECONDS));
    }

    private String databaseName() {
        return url != null ? url : "the database of " + local.directory();
    }
}
