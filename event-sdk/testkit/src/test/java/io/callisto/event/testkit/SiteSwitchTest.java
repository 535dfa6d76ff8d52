package io.callisto.event.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.Requirement;
import io.callisto.event.client.ActiveSite;
import io.callisto.event.client.EventClient;
import io.callisto.event.client.EventClientBuilder;
import io.callisto.event.client.SiteRules;
import io.callisto.event.client.StartAt;
import io.callisto.event.contract.AttemptEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of two sites follows the active one. */
class SiteSwitchTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final SiteRules QUICK =
            SiteRules.standard().withUnreachableAfter(Duration.ofMillis(200)).withLookEvery(Duration.ofMillis(50));

    private final InMemoryEvents east = new InMemoryEvents();
    private final InMemoryEvents west = new InMemoryEvents();
    private final SampleEvents samples = new SampleEvents();
    private final List<AttemptEvent> got = new CopyOnWriteArrayList<>();

    private EventClientBuilder builder(SiteRules rules) {
        return EventClient.builder()
                .site("east", east)
                .site("west", west)
                .group("app")
                .siteRules(rules)
                .startAt(StartAt.lastPositionOr(StartAt.earliest()))
                .on(AttemptEvent.class, got::add);
    }

    private static void awaitSite(EventClient client, String site) {
        await().atMost(LIMIT)
                .until(() -> site.equals(client.status().site())
                        && client.status().partitions() == 1
                        && client.status().healthy());
    }

    @Test
    @Requirement("EV-12")
    void the_first_site_is_followed_and_when_it_is_lost_the_next_one_with_new_events_only() {
        AttemptEvent before = samples.attempt(1, "RESERVED");
        west.publish(before);
        try (EventClient client = builder(QUICK).start()) {
            awaitSite(client, "east");
            AttemptEvent atEast = samples.attempt(2, "RESERVED");
            east.publish(atEast);
            await().atMost(LIMIT).until(() -> got.size() == 1);
            east.lose();
            awaitSite(client, "west");
            AttemptEvent atWest = samples.attempt(3, "RESERVED");
            west.publish(atWest);
            await().atMost(LIMIT).until(() -> got.size() == 2);
            assertThat(got).containsExactly(atEast, atWest);
            assertThat(client.status().counts().siteSwitches()).isEqualTo(1);
            east.restore();
            await().during(Duration.ofMillis(400))
                    .atMost(LIMIT)
                    .until(() -> "west".equals(client.status().site()));
        }
    }

    @Test
    @Requirement("EV-12")
    void with_replay_the_next_site_is_read_from_the_last_handled_event_on_and_repeats_are_dropped() {
        List<AttemptEvent> all = samples.wholeAttempt(1);
        try (EventClient client =
                builder(QUICK.withReplay(Duration.ofMillis(1500))).start()) {
            awaitSite(client, "east");
            east.publish(all.subList(0, 3));
            west.publish(all); // the log is mirrored; the last two events reach the other site only
            await().atMost(LIMIT).until(() -> got.size() == 3);
            east.lose();
            await().atMost(LIMIT).until(() -> got.size() == 5);
            assertThat(got).isEqualTo(all);
            assertThat(client.status().counts().duplicates())
                    .as("the event before the last and the last one lie in the overlap")
                    .isEqualTo(2);
        }
    }

    @Test
    @Requirement("EV-12")
    void the_client_goes_back_where_that_is_wanted() {
        try (EventClient client =
                builder(QUICK.withGoBackAfter(Duration.ofMillis(300))).start()) {
            awaitSite(client, "east");
            east.lose();
            awaitSite(client, "west");
            east.restore();
            awaitSite(client, "east");
            assertThat(client.status().counts().siteSwitches()).isEqualTo(2);
        }
    }

    @Test
    @Requirement("EV-12")
    void a_site_that_answers_but_is_silent_is_left_for_one_that_produces() {
        try (EventClient client =
                builder(QUICK.withQuietAfter(Duration.ofMillis(300))).start()) {
            awaitSite(client, "east");
            west.publish(samples.attempt(1, "RESERVED"));
            await().atMost(LIMIT).until(() -> {
                west.publish(samples.attempt(2, "RINGING")); // it goes on and on
                return "west".equals(client.status().site());
            });
            awaitSite(client, "west");
            AttemptEvent last = samples.attempt(3, "RESERVED");
            west.publish(last);
            await().atMost(LIMIT).until(() -> got.contains(last));
        }
    }

    @Test
    @Requirement("EV-12")
    void a_marker_says_which_site_is_active(@TempDir Path directory) throws Exception {
        Path marker = directory.resolve("active-site");
        Files.writeString(marker, "west\n");
        try (EventClient client =
                builder(QUICK).activeSite(ActiveSite.file(marker)).start()) {
            awaitSite(client, "west");
            Files.writeString(marker, "east");
            awaitSite(client, "east");
            Files.writeString(marker, "nowhere");
            await().during(Duration.ofMillis(300))
                    .atMost(LIMIT)
                    .until(() -> "east".equals(client.status().site()));
        }
    }

    @Test
    @Requirement("EV-12")
    void a_client_that_starts_while_the_first_site_is_lost_begins_at_the_next_one() {
        east.lose();
        west.publish(samples.attempt(1, "RESERVED"));
        try (EventClient client = builder(QUICK).start()) {
            assertThat(client.status().site()).isEqualTo("west");
            await().atMost(LIMIT).until(() -> got.size() == 1);
        }
    }
}
