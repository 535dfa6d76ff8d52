package io.callisto.rules;

import io.callisto.domain.Ticker;
import io.callisto.ha.Lease;
import io.callisto.rules.decide.UserRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node may answer now, under which epoch and by which rules. Thread-safe: one reference to an immutable
 * record.
 */
final class Mastership {
    /**
     * @param epoch of the lease under which the rules were read
     * @param rules the users', in their order
     */
    record InForce(long epoch, List<UserRule> rules) {}

    private final Ticker ticker;
    private volatile Supplier<Optional<Lease>> newestLease = Optional::empty;
    private volatile @Nullable InForce inForce;
    private volatile long answeredEpoch;
    private volatile Runnable onFirstAnswer = () -> {};

    Mastership(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Who knows the newest lease; until this is called nobody is master. */
    void leasedBy(Supplier<Optional<Lease>> newestLease) {
        this.newestLease = newestLease;
    }

    /** The rules that hold under this lease's epoch from now on. */
    void enforce(Lease lease, List<UserRule> rules) {
        inForce = new InForce(lease.epoch(), rules);
    }

    /** Who is told when the first decision under an epoch has been answered. */
    void tellFirstAnswer(Runnable onFirstAnswer) {
        this.onFirstAnswer = onFirstAnswer;
    }

    /** A decision under this epoch has left. */
    void answered(long epoch) {
        if (answeredEpoch != epoch) {
            answeredEpoch = epoch;
            onFirstAnswer.run();
        }
    }

    /** Whether a decision under this epoch has left. */
    boolean hasAnswered(long epoch) {
        return answeredEpoch == epoch;
    }

    void giveUp() {
        inForce = null;
    }

    /** Empty unless the lease is live and its rules have been read. */
    Optional<InForce> current() {
        InForce rules = inForce;
        return rules != null && holds(rules.epoch()) ? Optional.of(rules) : Optional.empty();
    }

    /** Whether the lease of this epoch is live at this moment. */
    boolean holds(long epoch) {
        return newestLease
                .get()
                .filter(lease -> lease.epoch() == epoch && lease.live(ticker))
                .isPresent();
    }
}
