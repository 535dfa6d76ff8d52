package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Orders to the aggregator by REST. */
final class AggregatorApiTest {
    @RegisterExtension
    static final ConsoleExtension CONSOLE = new ConsoleExtension(2, Map.of());

    @Test
    @Requirement("EV-6")
    void a_rebuild_is_left_as_an_order_to_the_owner_and_noted() {
        Rest.Answer answer = CONSOLE.as("root").post("/api/v1/events/aggregator/rebuild");

        assertThat(answer.status()).isEqualTo(202);
        long id = answer.json().path("commandId").asLong();
        assertThat(CONSOLE.jdbc()
                        .sql("select scope || ' ' || kind || ' ' || state from command where id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single())
                .isEqualTo("aggregator/0 REBUILD PENDING");
        assertThat(CONSOLE.jdbc()
                        .sql("select count(*) from audit_entry where action = 'aggregator.rebuild'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }
}
