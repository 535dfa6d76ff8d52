package io.callisto.manager.dialing;

import io.callisto.domain.attempt.AttemptState;
import io.callisto.domain.strategy.CallNode;
import java.time.Duration;

/** When an attempt is asked after, if nothing was heard of it. Asking is harmless, so these are short. Pure. */
final class Deadlines {
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final Duration ANSWERED = Duration.ofSeconds(60);

    private Deadlines() {}

    /**
     * @param state that the attempt has now reached
     * @param placeTtl after which a reservation that was not placed cannot be placed any more
     */
    static Duration after(AttemptState state, CallNode node, Duration placeTtl) {
        return switch (state) {
            case RESERVED -> placeTtl.plus(MARGIN);
            case DIALING, RINGING -> node.ringTimeout().plus(MARGIN);
            case ANSWERED -> ANSWERED;
            case COMPLETED -> Duration.ZERO;
        };
    }
}
