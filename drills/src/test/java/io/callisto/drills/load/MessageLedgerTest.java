package io.callisto.drills.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.drills.history.Violation;
import org.junit.jupiter.api.Test;

class MessageLedgerTest {
    private final MessageLedger ledger = new MessageLedger();

    @Test
    void what_went_in_and_came_out_is_fine() {
        ledger.sent(ledger.next());
        ledger.received(1, false);

        assertThat(ledger.verdict()).isEmpty();
    }

    @Test
    @Requirement("MQ-2")
    void a_message_that_was_taken_and_never_came_out_is_found() {
        ledger.sent(ledger.next());

        assertThat(ledger.verdict()).extracting(Violation::what).containsExactly("1 of 1 messages never came out");
    }

    @Test
    void a_broker_that_never_took_anything_proves_nothing() {
        assertThat(ledger.verdict()).hasSize(1);
    }

    @Test
    void a_repeated_message_must_be_marked() {
        ledger.sent(ledger.next());
        ledger.received(1, false);
        ledger.received(1, true);
        assertThat(ledger.verdict()).isEmpty();

        ledger.received(1, false);
        assertThat(ledger.verdict()).hasSize(1);
    }

    @Test
    void a_send_of_unknown_outcome_is_repeated_under_its_number_and_may_have_come_out_already() {
        int unknown = ledger.next();
        ledger.received(unknown, false);
        assertThat(ledger.next()).isEqualTo(unknown);
        ledger.sent(unknown);

        assertThat(ledger.empty()).isTrue();
        assertThat(ledger.verdict()).isEmpty();
    }
}
