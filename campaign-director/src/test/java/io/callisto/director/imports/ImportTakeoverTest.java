package io.callisto.director.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTakeoverTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static ImportRig rig;

    @BeforeAll
    static void open() {
        rig = new ImportRig(DB.dataSource());
    }

    /** Every seventh row is bad, every eleventh repeats the id of the row five before it. */
    private static String file(int rows) {
        StringBuilder text = new StringBuilder("ID,firstName,phoneNumber1,country\r\n");
        for (int i = 1; i <= rows; i++) {
            text.append(i % 11 == 0 ? i - 5 : i)
                    .append(",\"two\r\nlines\",")
                    .append(i % 7 == 0 ? "bad" : "030 23125 " + String.format("%03d", i % 1000))
                    .append(",DE\r\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @Requirement("CD-14")
    void an_import_that_changes_hands_again_and_again_is_exactly_the_undisturbed_one(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String file = file(200);
        boolean update = random.nextBoolean();
        String options = "{\"updateExisting\": " + update + "}";
        int zone = rig.zone("disturbed " + seed);
        int calm = rig.list(zone, "calm " + seed);
        long undisturbed = rig.submit(calm, file, options);
        rig.work(zone, 2_000);

        int list = rig.list(zone, "rough " + seed);
        long id = rig.submit(list, file, options);
        int takeovers = 0;
        while (!rig.ended(id).state().equals("COMPLETED")) {
            Lease lease = rig.leases.takeOver(ImportRig.scope(zone));
            ImportDuty duty = rig.duty(zone, 1 + random.nextInt(20));
            duty.takeOver(lease);
            for (int steps = random.nextInt(5); steps > 0; steps--) {
                assertThat(duty.doWork(lease)).isBetween(0, 1);
            }
            // No close: the owner was killed.
            assertThat(++takeovers).isLessThan(1_000);
        }

        assertThat(takeovers).isGreaterThan(3);
        assertThat(rig.ended(id)).isEqualTo(rig.ended(undisturbed));
        assertThat(rig.ended(id).cursor()).isEqualTo(200);
        assertThat(rig.ids(list)).isEqualTo(rig.ids(calm)).doesNotHaveDuplicates();
        assertThat(rig.errors(id)).isEqualTo(rig.errors(undisturbed));
        assertThat(rig.details(id)).isEqualTo(rig.details(undisturbed));
    }

    @Test
    @Requirement("CD-14")
    void an_owner_that_was_taken_over_writes_nothing_more() {
        int zone = rig.zone("stale");
        int list = rig.list(zone, "stale");
        long id = rig.submit(list, file(100), "{}");
        Lease old = rig.leases.claim(ImportRig.scope(zone));
        ImportDuty zombie = rig.duty(zone, 10);
        zombie.takeOver(old);
        for (int opensThenTwoChunks = 0; opensThenTwoChunks < 3; opensThenTwoChunks++) {
            zombie.doWork(old);
        }
        ImportRig.Ended before = rig.ended(id);
        assertThat(before.cursor()).isEqualTo(20);

        Lease now = rig.leases.takeOver(ImportRig.scope(zone));
        assertThatThrownBy(() -> zombie.doWork(old)).isInstanceOf(Fenced.class);
        assertThat(rig.ended(id)).isEqualTo(before);

        ImportDuty successor = rig.duty(zone, 10);
        successor.takeOver(now);
        successor.doWork(now);
        successor.doWork(now);
        // The cursor is not where it left it: it opens the file again, and only then wants to write.
        assertThatThrownBy(() -> {
                    zombie.doWork(old);
                    zombie.doWork(old);
                    zombie.doWork(old);
                })
                .isInstanceOf(Fenced.class);
        assertThat(rig.ended(id).cursor()).isEqualTo(30);
        List<String> expected = IntStream.rangeClosed(1, 30)
                .filter(i -> i % 11 != 0 && i % 7 != 0)
                .mapToObj(Integer::toString)
                .toList();
        assertThat(rig.ids(list)).containsAll(expected).doesNotHaveDuplicates();
        successor.close();
        zombie.close();
    }

    @Test
    void an_import_is_cancelled_by_its_zone_and_keeps_what_is_in() {
        int zone = rig.zone("cancel");
        int list = rig.list(zone, "cancel");
        long id = rig.submit(list, file(100), "{}");
        Lease lease = rig.leases.claim(ImportRig.scope(zone));
        String scope = ImportRig.scope(zone).value();
        try (ImportDuty duty = rig.duty(zone, 10)) {
            duty.takeOver(lease);
            duty.doWork(lease);
            duty.doWork(lease);
            long cancel = rig.command(scope, "CANCEL_IMPORT", "{\"importId\": " + id + "}");
            long again = rig.command(scope, "CANCEL_IMPORT", "{\"importId\": " + id + "}");
            long stranger = rig.command(scope, "CANCEL_IMPORT", "{\"importId\": 999999}");
            long nothing = rig.command(scope, "CANCEL_IMPORT", "{\"importId\": \"x\"}");
            long unknown = rig.command(scope, "PAINT", "{}");
            assertThat(duty.doWork(lease)).isEqualTo(5);
            assertThat(duty.doWork(lease)).isZero();
            assertThat(rig.ended(id).state()).isEqualTo("CANCELLED");
            assertThat(rig.ended(id).cursor()).isEqualTo(10);
            assertThat(rig.settled(cancel)).isEqualTo("APPLIED {\"state\": \"CANCELLED\"}");
            assertThat(rig.settled(again)).startsWith("APPLIED");
            assertThat(rig.settled(stranger)).startsWith("REFUSED").contains("has no import 999999");
            assertThat(rig.settled(nothing)).startsWith("REFUSED").contains("importId");
            assertThat(rig.settled(unknown)).startsWith("REFUSED").contains("unknown command");

            long finished = rig.submit(list, "ID,phoneNumber1\n", "{}");
            duty.doWork(lease);
            duty.doWork(lease);
            long late = rig.command(scope, "CANCEL_IMPORT", "{\"importId\": " + finished + "}");
            duty.doWork(lease);
            assertThat(rig.settled(late)).startsWith("REFUSED").contains("COMPLETED cannot be cancelled");
        }
    }
}
