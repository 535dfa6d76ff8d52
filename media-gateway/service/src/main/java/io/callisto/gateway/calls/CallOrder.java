package io.callisto.gateway.calls;

import io.callisto.domain.AttemptId;
import io.callisto.domain.PhoneNumber;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call that is to be placed.
 *
 * @param attempt null: the request's bytes are no id
 * @param number null: not an E.164 number
 * @param ringTimeout null: out of range
 * @param incarnation of the registry that the attempt was reserved for
 */
public record CallOrder(
        @Nullable AttemptId attempt,
        @Nullable PhoneNumber number,
        @Nullable Duration ringTimeout,
        long incarnation) {}
