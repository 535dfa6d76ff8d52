package io.callisto.server.kafkaha;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants, by questions or by flags.
 *
 * @param own brokers on Callisto's servers
 * @param external brokers elsewhere; more than one is refused
 * @param allowEven whether an even number is meant
 * @param replicationFactor null: 3, or as many as there are brokers
 * @param minInsyncReplicas null: one less than the replicas
 * @param brokerPort for clients where an endpoint names none
 * @param dataDirectory see {@link HaPlan}
 * @param certificates see {@link HaTls}; null: no TLS
 */
public record HaAnswers(
        List<Endpoint> own,
        List<Endpoint> external,
        boolean allowEven,
        @Nullable Integer replicationFactor,
        @Nullable Integer minInsyncReplicas,
        int brokerPort,
        String dataDirectory,
        @Nullable String certificates) {
    public HaAnswers {
        own = List.copyOf(own);
        external = List.copyOf(external);
    }

    /** What is wrong with the number of brokers alone, each with what to do. */
    public List<String> problemsOfNumber() {
        return Ensemble.problems(brokers(), allowEven);
    }

    int brokers() {
        return own.size() + external.size();
    }

    int replicas() {
        return Optional.ofNullable(replicationFactor).orElse(Math.min(3, brokers()));
    }

    int minInsync() {
        return Optional.ofNullable(minInsyncReplicas).orElse(Math.max(1, replicas() - 1));
    }
}
