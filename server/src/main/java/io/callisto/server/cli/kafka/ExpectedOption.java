package io.callisto.server.cli.kafka;

import io.callisto.event.contract.TopicNaming;
import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.kafkaha.Expectation;
import io.callisto.server.kafkaha.HaPlan;
import io.callisto.server.kafkaha.JdbcTenantStore;
import io.callisto.server.kafkaha.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine.Option;

/** What the cluster should be like: from the flags, the local cluster, or the present revision. */
final class ExpectedOption {
    @Option(
            names = "--expect-brokers",
            paramLabel = "ID,...",
            split = ",",
            description = "Broker ids there should be (default: those of the local cluster or of the revision).")
    private @Nullable List<Integer> brokers;

    @Option(
            names = "--organisations",
            paramLabel = "ID,...",
            split = ",",
            description = "Organisations whose topics there should be (default: those in the database).")
    private @Nullable List<Integer> organisations;

    @Option(
            names = "--naming",
            paramLabel = "pom_4|pom_3",
            split = ",",
            defaultValue = "pom_4",
            description = "How topics are called; both while clients migrate (default: ${DEFAULT-VALUE}).")
    private List<TopicNaming> namings = List.of(TopicNaming.POM_4);

    Expectation expectation(KafkaOption kafka, StoreOption store) {
        boolean local = !kafka.elsewhere() && store.local().exists();
        if (local) {
            Set<Integer> ids = localBrokers(store);
            int count = ids.size();
            return of(ids, Math.min(3, count), count >= 3 ? 2 : 1, store);
        }
        Optional<HaPlan> plan = store.find().flatMap(found -> found.present()).map(Revision::plan);
        return of(
                plan.map(ExpectedOption::ids).orElse(Set.of()),
                plan.map(HaPlan::replicationFactor).orElse(3),
                plan.map(HaPlan::minInsyncReplicas).orElse(2),
                store);
    }

    static Set<Integer> localBrokers(StoreOption store) {
        int count = store.local().cluster().options().orElseThrow().kafka();
        return IntStream.rangeClosed(1, count).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Integer> ids(HaPlan plan) {
        return plan.nodes().stream().map(node -> node.id()).collect(Collectors.toSet());
    }

    private Expectation of(Set<Integer> known, int replication, int minimum, StoreOption store) {
        return new Expectation(
                brokers == null ? known : new TreeSet<>(brokers),
                organisations == null ? stored(store) : new TreeSet<>(organisations),
                Set.copyOf(namings),
                replication,
                minimum);
    }

    private static Set<Integer> stored(StoreOption store) {
        try {
            return store.database()
                    .map(source -> new JdbcTenantStore(source).organisations())
                    .orElseThrow(() -> new ClusterFailure("whose topics should there be? Give --organisations 0,1,... "
                            + "or the database: --database-url"));
        } catch (DataAccessException e) {
            throw new ClusterFailure(
                    "cannot read the organisations: " + e.getMostSpecificCause().getMessage()
                            + ". Give them: --organisations 0,1,...",
                    e);
        }
    }
}
