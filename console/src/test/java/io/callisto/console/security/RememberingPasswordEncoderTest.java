package io.callisto.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

final class RememberingPasswordEncoderTest {
    private final AtomicLong now = new AtomicLong();
    private final Slow slow = new Slow();
    private final RememberingPasswordEncoder encoder =
            new RememberingPasswordEncoder(slow, now::get, Duration.ofMinutes(5), new byte[] {1, 2, 3});

    /** Counts how often it is asked. */
    private static final class Slow implements PasswordEncoder {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public String encode(@Nullable CharSequence password) {
            return "hash of " + password;
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            asked.incrementAndGet();
            return encode(password).equals(hash);
        }
    }

    @Test
    void a_password_that_fitted_is_not_checked_again_for_a_while() {
        assertThat(encoder.matches("p", "hash of p")).isTrue();
        assertThat(encoder.matches("p", "hash of p")).isTrue();
        assertThat(slow.asked).hasValue(1);
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(encoder.matches("p", "hash of p")).isTrue();
        assertThat(slow.asked).hasValue(2);
    }

    @Test
    void a_wrong_password_is_never_let_in_by_memory() {
        assertThat(encoder.matches("p", "hash of p")).isTrue();
        assertThat(encoder.matches("q", "hash of p")).isFalse();
        assertThat(encoder.matches("p", "hash of q")).isFalse();
        assertThat(encoder.matches(null, "hash of p")).isFalse();
    }
}
