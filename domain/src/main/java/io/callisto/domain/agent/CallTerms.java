package io.callisto.domain.agent;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the campaign says about working one of its calls; it comes with the call and stays with it.
 *
 * @param preview for calls that are shown before they are dialed
 * @param wrapUp for the time after the call
 */
public record CallTerms(Preview preview, WrapUp wrapUp) {

    /**
     * Terms of a preview.
     *
     * @param limit how long it is shown at most
     * @param timed whether it is dialed at the limit; else it is given back and the agent becomes not ready
     * @param cancellable whether the agent may cancel it
     */
    public record Preview(Duration limit, boolean timed, boolean cancellable) {
        public Preview {
            requirePositive(limit, "the limit of a preview");
        }
    }

    /**
     * Terms of the time after a call.
     *
     * @param limit how long it may take
     * @param extension by how much one extension prolongs it, from then on
     * @param maxExtensions how many extensions there are
     * @param defaultCode taken where the agent has given none at the limit
     * @param codes those that the agent may give, without repeats; empty: the default one only
     */
    public record WrapUp(
            Duration limit, Duration extension, int maxExtensions, Disposition defaultCode, List<Disposition> codes) {
        public WrapUp {
            requirePositive(limit, "the limit of a wrap-up");
            requirePositive(extension, "an extension of a wrap-up");
            if (maxExtensions < 0) {
                throw new IllegalArgumentException("the number of extensions must not be negative: " + maxExtensions);
            }
            codes = List.copyOf(new TreeSet<>(codes));
        }

        /** Whether an agent may end a call with this code. */
        public boolean allows(Disposition code) {
            return code.equals(defaultCode) || Set.copyOf(codes).contains(code);
        }
    }

    static void requirePositive(Duration duration, String what) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + " must be positive: " + duration);
        }
    }
}
