package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.ha.DirectoryCache.Listening;
import io.callisto.ha.DirectoryCache.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DirectoryCacheTest {
    private static final NodeId S1 = new NodeId(new UUID(0, 1));
    private static final NodeId S2 = new NodeId(new UUID(0, 2));

    private final AtomicLong now = new AtomicLong();
    private final DirectoryCache cache = new DirectoryCache(now::get, () -> false);

    @Test
    void an_owner_on_its_way_out_keeps_its_role_but_is_not_offered_for_new_work() {
        cache.accept(
                new Snapshot(
                        Map.of(Scope.ruleEngine(), S1.value()),
                        List.of(
                                new Listening("s1", S1, "rule-engine", "a:1", false),
                                new Listening("s2", S2, "rule-engine", "a:2", true))),
                now.get());
        assertThat(cache.ownerOf(Scope.ruleEngine(), "rule-engine"))
                .contains(new ServiceDirectory.Endpoint("s1", S1, "a:1"));
        assertThat(cache.all("rule-engine")).containsExactly(new ServiceDirectory.Endpoint("s2", S2, "a:2"));
        assertThat(cache.ownerOf(Scope.cache(), "rule-engine")).isEmpty();
    }

    @Test
    void an_answer_is_renewed_after_a_quarter_of_a_second_and_kept_while_the_database_is_away() {
        cache.accept(new Snapshot(Map.of(), List.of(new Listening("s1", S1, "console", "a:1", true))), now.get());
        assertThat(cache.all("console")).hasSize(1);
        assertThat(cache.takeWish()).isFalse();
        now.addAndGet(Duration.ofMillis(300).toNanos());
        assertThat(cache.all("console")).hasSize(1);
        assertThat(cache.takeWish()).isTrue();
        now.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(cache.all("console")).hasSize(1);
    }
}
