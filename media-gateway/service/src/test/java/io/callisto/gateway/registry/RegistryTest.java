package io.callisto.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.Requirement;
import io.callisto.gateway.HandClock;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    private static final long RESERVE = 64 * 1024;

    @TempDir
    Path root;

    private final HandClock clock = new HandClock();
    private final AtomicLong incarnations = new AtomicLong();
    private final List<Registry> open = new ArrayList<>();
    private Path directory;

    @BeforeEach
    void place() {
        directory = root.resolve("g1");
    }

    @AfterEach
    void closeAll() {
        open.forEach(Registry::close);
    }

    @Test
    void everything_is_told_again_in_order_after_a_close() {
        Registry registry = open(directory, new Log());
        fill(registry);
        registry.close();

        Log log = new Log();
        Registry again = open(directory, log);

        assertThat(log.lines).containsExactlyElementsOf(filled());
        assertThat(again.incarnation()).isEqualTo(registry.incarnation());
        assertThat(again.run()).isEqualTo(2);
    }

    @Test
    @Requirement("CM-5")
    void what_was_synced_survives_the_death_of_the_process() throws IOException {
        Registry registry = open(directory, new Log());
        fill(registry);
        registry.sync(registry.position());

        Log log = new Log();
        open(crashed("after"), log);

        assertThat(log.lines).containsExactlyElementsOf(filled());
    }

    @Test
    void another_directory_is_another_incarnation() {
        assertThat(open(directory, new Log()).incarnation())
                .isNotEqualTo(open(root.resolve("g2"), new Log()).incarnation());
    }

    @Test
    @Requirement("CM-5")
    void a_torn_tail_is_cut_wherever_it_was_torn() throws IOException {
        Registry registry = open(directory, new Log());
        registry.term("job/1/0", 7);
        registry.sync(registry.position());
        long sound = used(directory);
        registry.placed(1, 2, 0, 5);
        registry.placed(3, 4, 0, 5);
        registry.sync(registry.position());
        long end = used(directory);
        byte[] bytes = Files.readAllBytes(directory.resolve("registry.log"));

        for (long cut = sound + 1; cut < end; cut++) {
            Path copy = copy("cut" + cut, Arrays.copyOf(bytes, (int) cut));
            Log log = new Log();
            try (Registry reopened = open(copy, log)) {
                assertThat(log.lines).as("cut at %d", cut).containsExactly("term job/1/0 7");
                reopened.placed(9, 9, 0, 5);
                reopened.sync(reopened.position());
            }
            Log second = new Log();
            open(copy, second).close();
            assertThat(second.lines).containsExactly("term job/1/0 7", "placed 9 9 0 5");
        }
    }

    @Test
    void pages_of_the_last_write_that_are_missing_in_its_middle_are_a_torn_tail() throws IOException {
        Registry registry = open(directory, new Log());
        registry.term("job/1/0", 7);
        registry.sync(registry.position());
        long sound = used(directory);
        for (int i = 0; i < 1000; i++) {
            registry.placed(i, i, 0, 5);
        }
        registry.sync(registry.position());
        byte[] bytes = Files.readAllBytes(directory.resolve("registry.log"));
        Arrays.fill(bytes, (int) sound, (int) sound + 4096, (byte) 0);

        Log log = new Log();
        open(copy("torn", bytes), log);

        assertThat(log.lines).containsExactly("term job/1/0 7");
    }

    @Test
    @Requirement("CM-5")
    void damage_before_the_tail_refuses_to_start_and_says_what_to_do() throws IOException {
        Registry registry = open(directory, new Log());
        long first = used(directory);
        registry.term("job/1/0", 7);
        registry.sync(registry.position());
        registry.placed(1, 2, 0, 5);
        registry.sync(registry.position());
        byte[] bytes = Files.readAllBytes(directory.resolve("registry.log"));
        bytes[(int) first + 30] ^= 1;
        Path copy = copy("damaged", bytes);

        assertThatThrownBy(() -> open(copy, new Log()))
                .isInstanceOfSatisfying(
                        RegistryUnusable.class,
                        unusable -> assertThat(unusable.remedy()).contains("Put back a copy"))
                .hasMessageContaining("damaged at byte " + first);
        assertThat(copy.resolve("registry.log")).hasBinaryContent(bytes);
    }

    @Test
    void a_file_that_is_no_registry_is_refused() throws IOException {
        Path copy = copy("text", "this is not a registry, but a long enough text".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> open(copy, new Log())).isInstanceOf(RegistryUnusable.class);
    }

    @Test
    void a_directory_serves_one_gateway_at_a_time() {
        open(directory, new Log());

        assertThatThrownBy(() -> open(directory, new Log()))
                .isInstanceOf(RegistryUnusable.class)
                .hasMessageContaining("in use");
    }

    @Test
    void a_full_disk_refuses_new_calls_first_then_commands_and_never_progress() {
        AtomicBoolean full = new AtomicBoolean();
        SpaceReservation disk = (channel, from, to) -> {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            SpaceReservation.ZEROS.reserve(channel, from, to);
        };
        Registry registry = open(directory, new Log(), disk);
        registry.term("job/1/0", 1);
        full.set(true);

        int calls = fillUntilRefused(registry, Registry.Purpose.PLACE);
        assertThatThrownBy(() -> registry.requireRoom(1000L * Registry.entryBytes(), Registry.Purpose.PLACE))
                .isInstanceOf(RegistryFull.class)
                .hasMessageContaining("No space left on device");
        registry.requireRoom(64, Registry.Purpose.CONTROL);
        fillUntilRefused(registry, Registry.Purpose.CONTROL);
        for (int i = 0; i < 1000; i++) {
            registry.progress(i, CallPhase.ENDED, CallOutcome.BUSY, new CallTimes(5, 0, 0, 9));
        }
        registry.sync(registry.position());
        assertThat(calls).isPositive();

        full.set(false);
        clock.advance(Duration.ofSeconds(2));
        await().until(() -> {
            try {
                registry.requireRoom(64, Registry.Purpose.PLACE);
                return true;
            } catch (RegistryFull stillFull) {
                return false;
            }
        });
    }

    @Test
    void a_reader_sees_what_was_written_before_it() {
        Registry registry = open(directory, new Log());
        fill(registry);
        Log log = new Log();
        try (RegistryReader reader = registry.reader()) {
            registry.placed(8, 8, 0, 5);
            boolean more = true;
            while (more) {
                more = reader.next(log);
            }
        }
        assertThat(log.lines).containsExactlyElementsOf(filled());
    }

    @Test
    void a_closed_registry_makes_nobody_wait() {
        Registry registry = open(directory, new Log());
        registry.close();
        registry.placed(1, 1, 0, 5);

        assertThatThrownBy(() -> registry.sync(Long.MAX_VALUE)).isInstanceOf(RegistryFailed.class);
    }

    private static int fillUntilRefused(Registry registry, Registry.Purpose purpose) {
        int calls = 0;
        while (true) {
            try {
                registry.requireRoom(1000L * Registry.entryBytes(), purpose);
            } catch (RegistryFull full) {
                return calls;
            }
            for (int i = 0; i < 1000; i++) {
                registry.placed(7, calls++, 0, 5);
            }
            registry.sync(registry.position());
        }
    }

    private static void fill(Registry registry) {
        registry.term("job/1/0", 7);
        registry.placed(1, 2, 0, 5);
        registry.term("job/1/0", 9);
        registry.refused(3, 4, 1, RefusalReason.TOO_LATE);
        registry.progress(0, CallPhase.ENDED, CallOutcome.ANSWER_HUMAN, new CallTimes(5, 6, 8, 1_000_005));
        registry.progress(0, CallPhase.ENDED, CallOutcome.LOST, new CallTimes(5, 0, 0, 2));
    }

    private static List<String> filled() {
        return List.of(
                "term job/1/0 7",
                "placed 1 2 0 5",
                "term job/1/0 9",
                "refused 3 4 1 TOO_LATE",
                "progress 0 ENDED ANSWER_HUMAN CallTimes[dialed=5, ringing=6, answered=8, ended=1000005]",
                "progress 0 ENDED LOST CallTimes[dialed=5, ringing=0, answered=0, ended=5]");
    }

    private Registry open(Path where, RegistryVisitor visitor) {
        return open(where, visitor, SpaceReservation.ZEROS);
    }

    private Registry open(Path where, RegistryVisitor visitor, SpaceReservation space) {
        Registry registry = Registry.open(
                where, new RegistryIdentity(incarnations.incrementAndGet(), 1), visitor, space, clock, RESERVE);
        open.add(registry);
        return registry;
    }

    /** The file as a crash would leave it now. */
    private Path crashed(String name) throws IOException {
        return copy(name, Files.readAllBytes(directory.resolve("registry.log")));
    }

    private Path copy(String name, byte[] bytes) throws IOException {
        Path copy = Files.createDirectory(root.resolve(name));
        Files.write(copy.resolve("registry.log"), bytes, StandardOpenOption.CREATE_NEW);
        return copy;
    }

    private static long used(Path directory) throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve("registry.log"));
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static final class Log implements RegistryVisitor {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void term(String scope, long epoch) {
            lines.add("term " + scope + " " + epoch);
        }

        @Override
        public void placed(long idHigh, long idLow, int term, long dialed) {
            lines.add("placed " + idHigh + " " + idLow + " " + term + " " + dialed);
        }

        @Override
        public void refused(long idHigh, long idLow, int term, RefusalReason reason) {
            lines.add("refused " + idHigh + " " + idLow + " " + term + " " + reason);
        }

        @Override
        public void progress(int entry, CallPhase phase, CallOutcome outcome, CallTimes times) {
            lines.add("progress " + entry + " " + phase + " " + outcome + " " + times);
        }
    }
}
