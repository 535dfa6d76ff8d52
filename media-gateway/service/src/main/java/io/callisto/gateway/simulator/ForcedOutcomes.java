package io.callisto.gateway.simulator;

import io.callisto.domain.PhoneNumber;
import io.callisto.gateway.v1.CallOutcome;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Outcomes that tests fix: by the last digits of a number, or by all of them. The longest ending wins. Setting
 * {@code callisto.gateway.forced-outcomes.<digits>=<outcome>}, such as {@code 0001=busy}; outcomes are {@code answer},
 * {@code machine}, {@code busy}, {@code no-answer}, {@code invalid}, {@code fax}, {@code network-failure}.
 */
public final class ForcedOutcomes {
    private static final int MAX_DIGITS = 15;

    private final Map<String, CallOutcome> byEnding = new HashMap<>();

    public ForcedOutcomes(Map<String, String> table) {
        check(table);
        table.forEach((ending, outcome) -> byEnding.put(ending, outcome(outcome)));
    }

    /** Refuses a table with an {@link IllegalArgumentException} where it cannot be meant. */
    public static void check(Map<String, String> table) {
        table.forEach((ending, outcome) -> {
            if (!ending.matches("[0-9]{1," + MAX_DIGITS + "}")) {
                throw new IllegalArgumentException(
                        "callisto.gateway.forced-outcomes: '" + ending + "' is not 1 to " + MAX_DIGITS + " digits");
            }
            outcome(outcome);
        });
    }

    /** The outcome that is fixed for the number. */
    public Optional<CallOutcome> of(PhoneNumber number) {
        return of(number.e164().substring(1));
    }

    /** The outcome that is fixed for a number of these digits. */
    Optional<CallOutcome> of(String digits) {
        if (byEnding.isEmpty()) {
            return Optional.empty();
        }
        for (int start = 0; start < digits.length(); start++) {
            CallOutcome outcome = byEnding.get(digits.substring(start));
            if (outcome != null) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }

    private static CallOutcome outcome(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "answer" -> CallOutcome.ANSWER_HUMAN;
            case "machine" -> CallOutcome.ANSWER_MACHINE;
            case "busy" -> CallOutcome.BUSY;
            case "no-answer" -> CallOutcome.RING_NO_ANSWER;
            case "invalid" -> CallOutcome.INVALID_NUMBER;
            case "fax" -> CallOutcome.FAX;
            case "network-failure" -> CallOutcome.NETWORK_FAILURE;
            default ->
                throw new IllegalArgumentException("callisto.gateway.forced-outcomes: no outcome '" + name
                        + "'; known: answer, machine, busy, no-answer, invalid, fax, network-failure");
        };
    }
}
