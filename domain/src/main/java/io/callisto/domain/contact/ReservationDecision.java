package io.callisto.domain.contact;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.strategy.CallNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last look at a contact inside the transaction that reserves its attempt, whatever the rules said before. Pure.
 *
 * @param kind what to do
 * @param restriction the contact's code; with {@link Kind#RESTRICT} only
 * @param notBefore when to look again; with {@link Kind#DEFER} only
 */
public record ReservationDecision(
        Kind kind,
        @Nullable CompletionCode restriction,
        @Nullable Instant notBefore) {
    /** What to do with the contact. */
    public enum Kind {
        RESERVE,
        DEFER,
        RESTRICT
    }

    /** A window that does not open as far as can be seen is looked at again after this. */
    private static final Duration WINDOW_LOOK = Duration.ofHours(1);

    private static final ReservationDecision RESERVE = new ReservationDecision(Kind.RESERVE, null, null);

    /**
     * @param node the strategy's call node
     * @param now the transaction's own clock, read after the number's counter was locked
     * @param zones candidate time zones of the number
     * @param attemptsPlaced attempts at the contact in this job, without those that were never placed
     * @param doNotCall whether the number is on the list now
     * @param numberLastAttempt last attempt at the number over all jobs of the organisation; null: none
     */
    public static ReservationDecision decide(
            CallNode node,
            Instant now,
            List<String> zones,
            int attemptsPlaced,
            boolean doNotCall,
            @Nullable Instant numberLastAttempt) {
        if (doNotCall) {
            return new ReservationDecision(Kind.RESTRICT, CompletionCode.DO_NOT_CALL, null);
        }
        if (attemptsPlaced >= node.maxAttempts()) {
            return new ReservationDecision(Kind.RESTRICT, CompletionCode.MAX_ATTEMPTS, null);
        }
        if (numberLastAttempt != null) {
            Instant free = numberLastAttempt.plus(node.minGap());
            if (now.isBefore(free)) {
                return new ReservationDecision(Kind.DEFER, null, free);
            }
        }
        if (!node.window().isOpen(now, zones)) {
            Instant opening = node.window().nextOpening(now, zones).orElse(now.plus(WINDOW_LOOK));
            return new ReservationDecision(Kind.DEFER, null, opening);
        }
        return RESERVE;
    }
}
