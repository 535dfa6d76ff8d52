package io.callisto.server.kafkaha;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers and plans. */
final class TestPlans {
    private TestPlans() {}

    static Supplier<String> ids() {
        AtomicInteger count = new AtomicInteger();
        return () -> "id-" + count.incrementAndGet();
    }

    static List<Endpoint> endpoints(String... texts) {
        return Stream.of(texts).map(Endpoint::parse).toList();
    }

    static HaAnswers answers(String... own) {
        return new HaAnswers(endpoints(own), List.of(), false, null, null, 9_093, "/data", null);
    }

    static HaAnswers withExternal(String external, String... own) {
        return new HaAnswers(endpoints(own), endpoints(external), false, null, null, 9_093, "/data", null);
    }

    static HaPlan plan(String... own) {
        return HaPlanDecision.plan(Optional.empty(), answers(own), ids());
    }
}
