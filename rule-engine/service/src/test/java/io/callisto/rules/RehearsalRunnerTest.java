package io.callisto.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RehearsalRunnerTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @Test
    @Requirement("RE-3")
    void a_standby_has_decided_once_over_a_connection_before_it_must() throws IOException {
        assertThat(new RehearsalRunner(DB.dataSource(), System::nanoTime).decide())
                .isEqualTo(1);
    }
}
