package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.ha.LeaseStore.Claim;
import io.callisto.ha.LeaseStore.Outcome;
import io.callisto.ha.LeaseStore.Renewal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every lease store does. PostgreSQL's and the simulation's pass it, so what the simulation shows, holds. */
public abstract class LeaseStoreContract {
    private static final Duration TTL = Duration.ofSeconds(60);

    private final Scope scope = new Scope("job/" + UUID.randomUUID().toString().substring(0, 8));
    private Party one = new Party(new Candidate(new NodeId(new UUID(0, 1)), "s1"), new NoSession());
    private Party two = one;

    /** A node with its open session. */
    public record Party(Candidate me, LeaseSession session) {}

    /** Stands for a session until the first one is opened. */
    private static final class NoSession implements LeaseSession {
        @Override
        public LeaseStore leases() {
            throw new IllegalStateException("not opened yet");
        }

        @Override
        public NodeStore nodes() {
            throw new IllegalStateException("not opened yet");
        }

        @Override
        public void close() {}
    }

    /** An open transaction that holds the fence row as work does. */
    public interface Work {
        /** Whether it went through. */
        boolean commit();
    }

    /** A registered node. */
    protected abstract Party party(String server);

    /** Lets the lease run out now. */
    protected abstract void expire(Scope scope);

    /** Writes a death certificate. */
    protected abstract void certify(NodeId node);

    /** Begins work under this epoch, which must be the one of the fence. */
    protected abstract Work begin(Scope scope, long epoch, NodeId owner);

    /** Whether work under this epoch would be let in. */
    protected abstract boolean letsIn(Scope scope, long epoch, NodeId owner);

    @BeforeEach
    void openSessions() {
        one = party("s1");
        two = party("s2");
    }

    private Claim claim(Party by) {
        return by.session().leases().claim(scope, by.me(), TTL, false);
    }

    private RenewalDecision renew(Party by, long epoch) {
        Renewal answer = by.session().leases().renew(by.me().node(), Map.of(scope, epoch));
        return RenewalDecision.decide(epoch, by.me().node(), answer.rows().get(scope), answer.timeline());
    }

    private LeaseView view() {
        return Objects.requireNonNull(
                two.session().leases().look(List.of(scope)).get(scope));
    }

    @Test
    void a_scope_that_nobody_has_owned_is_not_in_the_answer_and_can_be_claimed_by_one() {
        assertThat(two.session().leases().look(List.of(scope))).isEmpty();
        Claim first = claim(one);
        assertThat(first.outcome()).isEqualTo(Outcome.CLAIMED);
        assertThat(Objects.requireNonNull(first.decision()).reason()).isEqualTo(ClaimReason.FIRST);
        assertThat(claim(two).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(view().owner()).isEqualTo(one.me().node());
        assertThat(view().remainingMillis()).isBetween(50_000L, 60_000L);
        assertThat(letsIn(scope, first.epoch(), one.me().node())).isTrue();
        assertThat(letsIn(scope, first.epoch(), two.me().node())).isFalse();
    }

    @Test
    void what_was_given_back_is_claimed_with_the_next_epoch_and_fences_the_last_one() {
        long first = claim(one).epoch();
        one.session().leases().release(one.me().node(), scope, first);
        assertThat(view().released()).isTrue();
        assertThat(renew(one, first)).isEqualTo(RenewalDecision.LOST);
        Claim second = claim(two);
        assertThat(second.epoch()).isEqualTo(first + 1);
        assertThat(Objects.requireNonNull(second.decision()).reason()).isEqualTo(ClaimReason.RELEASED);
        assertThat(letsIn(scope, first, one.me().node())).isFalse();
        assertThat(letsIn(scope, second.epoch(), two.me().node())).isTrue();
    }

    @Test
    void a_release_of_an_epoch_that_is_over_changes_nothing() {
        long first = claim(one).epoch();
        expire(scope);
        claim(two);
        one.session().leases().release(one.me().node(), scope, first);
        assertThat(view().owner()).isEqualTo(two.me().node());
        assertThat(view().released()).isFalse();
    }

    @Test
    void an_expired_lease_goes_to_another_or_on_with_its_owner_whoever_comes_first() {
        long first = claim(one).epoch();
        expire(scope);
        assertThat(view().remainingMillis()).isLessThanOrEqualTo(0);
        assertThat(renew(one, first)).isEqualTo(RenewalDecision.CONFIRMED);
        assertThat(claim(two).outcome()).isEqualTo(Outcome.REFUSED);
        expire(scope);
        Claim second = claim(two);
        assertThat(Objects.requireNonNull(second.decision()).reason()).isEqualTo(ClaimReason.EXPIRED);
        assertThat(renew(one, first)).isEqualTo(RenewalDecision.LOST);
    }

    @Test
    void a_death_certificate_frees_a_lease_at_once_and_the_node_learns_of_it() {
        long first = claim(one).epoch();
        certify(one.me().node());
        assertThat(view().ownerDead()).isTrue();
        assertThat(view().remainingMillis()).isLessThanOrEqualTo(0);
        Claim second = claim(two);
        assertThat(Objects.requireNonNull(second.decision()).reason()).isEqualTo(ClaimReason.DEATH_CERTIFICATE);
        assertThat(letsIn(scope, first, one.me().node())).isFalse();
        Renewal answer = one.session().leases().renew(one.me().node(), Map.of(scope, first));
        assertThat(answer.nodeState()).isEqualTo("DEAD");
    }

    @Test
    void an_own_claim_whose_answer_was_lost_can_be_claimed_again_with_a_new_epoch() {
        long first = claim(one).epoch();
        Claim again = claim(one);
        assertThat(again.outcome()).isEqualTo(Outcome.CLAIMED);
        assertThat(again.epoch()).isEqualTo(first + 1);
    }

    @Test
    void a_claim_waits_for_open_work_of_the_last_owner() {
        long first = claim(one).epoch();
        Work work = begin(scope, first, one.me().node());
        expire(scope);
        assertThat(claim(two).outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(renew(one, first)).isEqualTo(RenewalDecision.CONFIRMED);
        expire(scope);
        assertThat(work.commit()).isTrue();
        assertThat(claim(two).outcome()).isEqualTo(Outcome.CLAIMED);
    }

    @Test
    void a_claim_that_may_end_blockers_ends_open_work_which_then_cannot_commit() {
        long first = claim(one).epoch();
        Work work = begin(scope, first, one.me().node());
        expire(scope);
        Claim second = claimEndingBlockers();
        assertThat(second.outcome()).isEqualTo(Outcome.CLAIMED);
        assertThat(work.commit()).isFalse();
    }

    private Claim claimEndingBlockers() {
        Claim claim = new Claim(Outcome.BLOCKED, 0, null);
        for (int i = 0; i < 50 && claim.outcome() == Outcome.BLOCKED; i++) {
            claim = two.session().leases().claim(scope, two.me(), TTL, true);
        }
        return claim;
    }

    @Test
    void a_node_that_says_goodbye_gives_all_back() {
        claim(one);
        one.session().nodes().retire(one.me().node());
        assertThat(view().released()).isTrue();
        assertThat(claim(two).outcome()).isEqualTo(Outcome.CLAIMED);
    }

    /** Found by the simulation: a revival long on its way gave back what the node had claimed since. */
    @Test
    void a_revival_gives_all_back_once_and_a_late_one_nothing() {
        claim(one);
        certify(one.me().node());
        one.session().nodes().revive(one.me().node());
        assertThat(view().released()).isTrue();
        long second = claim(one).epoch();
        one.session().nodes().revive(one.me().node());
        assertThat(view().released()).isFalse();
        assertThat(renew(one, second)).isEqualTo(RenewalDecision.CONFIRMED);
    }
}
