package io.callisto.director.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Measures, when asked to: {@code -Dcallisto.scale=1000000}. */
@EnabledIfSystemProperty(named = "callisto.scale", matches = "[0-9]+")
class ImportScaleTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @Test
    @Timeout(900)
    void a_large_file_goes_in_by_chunks() {
        int rows = Integer.getInteger("callisto.scale");
        ImportRig rig = new ImportRig(DB.dataSource());
        StringBuilder file = new StringBuilder("ID,firstName,lastName,phoneNumber1,country,email\n");
        for (int i = 0; i < rows; i++) {
            file.append(i)
                    .append(",Anna,Example,030 ")
                    .append(2_000_000 + i)
                    .append(",DE,anna.example")
                    .append(i)
                    .append("@example.com\n");
        }
        byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);
        long id = rig.submit(rig.list(0, "large"), bytes, "{}", 1 << 20);
        long start = System.nanoTime();
        rig.work(0, 2_000);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(rig.ended(id).imported() + rig.ended(id).rejected()).isEqualTo(rows);
        System.out.printf(
                Locale.ROOT,
                "rows %,d: import %,d ms, %,d rejected%n",
                rows,
                took.toMillis(),
                rig.ended(id).rejected());
    }
}
