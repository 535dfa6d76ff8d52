package io.callisto.drills.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadLevelTest {
    @Test
    void is_a_word_or_a_number() {
        assertThat(LoadLevel.parse("low").callsPerSecond())
                .isLessThan(LoadLevel.parse("normal").callsPerSecond());
        assertThat(LoadLevel.parse("40").callsPerSecond()).isEqualTo(40);
    }

    @Test
    void anything_else_is_refused_with_what_is_allowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadLevel.parse("much"))
                .withMessageContaining("low, normal, high");
        assertThatIllegalArgumentException().isThrownBy(() -> LoadLevel.parse("0"));
        assertThatIllegalArgumentException().isThrownBy(() -> LoadLevel.parse("NaN"));
    }

    @Test
    void a_rule_engine_that_decides_under_a_former_epoch_is_found() {
        assertThat(RuleProbe.epochsRise(List.of(3L, 3L, 4L))).isEmpty();
        assertThat(RuleProbe.epochsRise(List.of(3L, 4L, 3L)))
                .extracting(Violation::aspect)
                .containsExactly(Aspect.ORDER);
    }
}
