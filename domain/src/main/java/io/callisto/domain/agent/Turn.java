package io.callisto.domain.agent;

import io.callisto.domain.InvariantBroken;
import io.callisto.domain.JobId;
import io.callisto.domain.agent.AgentEffect.Change;
import io.callisto.domain.agent.AgentSession.Desktop;
import io.callisto.domain.agent.AgentSession.JobTie;
import io.callisto.domain.agent.AgentSession.Ledger;
import io.callisto.domain.agent.AgentSession.Nailing;
import io.callisto.domain.agent.AgentSession.Presence;
import io.callisto.domain.agent.AgentSession.Waiting;
import io.callisto.domain.agent.AgentSession.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session on its way through one decision: takes its moves and gathers their effects. Lives within one call of one
 * thread. Every move goes through the state's table, is told to the desktop and becomes an event.
 */
final class Turn {
    final Instant now;
    final AgentSettings settings;
    private final AgentSession before;
    private final List<AgentEffect> effects = new ArrayList<>();
    private Desktop desktop;
    private Presence presence;
    private Nailing nailing;
    private JobTie tie;
    private Work work;
    private Ledger ledger;

    Turn(AgentSession session, Instant now, AgentSettings settings) {
        this.now = now;
        this.settings = settings;
        before = session;
        desktop = session.desktop();
        presence = session.presence();
        nailing = session.nailing();
        tie = session.tie();
        work = session.work();
        ledger = session.ledger();
    }

    AgentSession before() {
        return before;
    }

    AgentId self() {
        return before.identity().agent();
    }

    Desktop desktop() {
        return desktop;
    }

    Presence presence() {
        return presence;
    }

    Nailing nailing() {
        return nailing;
    }

    JobTie tie() {
        return tie;
    }

    Work work() {
        return work;
    }

    boolean busy() {
        return work.state() != CallState.IDLE;
    }

    boolean onLine() {
        return nailing.state() == NailState.NAILED && nailing.media() == AgentSession.Media.OK;
    }

    /** The call, where the state says that there is one. */
    AgentCall call() {
        return present(work.call(), "a call");
    }

    AgentCall.Party party() {
        return present(call().party(), "a third party");
    }

    LegId agentLeg() {
        return present(nailing.leg(), "a nailing");
    }

    /** Whether this is the call that the agent has. */
    boolean has(CallId id) {
        AgentCall call = work.call();
        return call != null && call.id().equals(id);
    }

    /** Whether this names the consultation or conference that the agent is in. */
    boolean in(LegId leg) {
        AgentCall call = work.call();
        return call != null && call.party() != null && call.party().leg().equals(leg);
    }

    Instant in(Duration duration) {
        return now.plus(duration);
    }

    LegId newLeg() {
        return LegId.of(before.identity().session(), nextNumber());
    }

    CallId newCall() {
        return CallId.of(before.identity().session(), nextNumber());
    }

    private long nextNumber() {
        long number = ledger.legs() + 1;
        ledger = new Ledger(number, ledger.notifications(), ledger.loggedOnAt(), ledger.times(), ledger.haMillis());
        return number;
    }

    void effect(AgentEffect effect) {
        effects.add(effect);
    }

    void tell(@Nullable AgentId other, AgentInput input) {
        if (other != null) {
            effects.add(new AgentEffect.Tell(other, input));
        }
    }

    void tell(AgentNotice notice) {
        long number = ledger.notifications() + 1;
        ledger = new Ledger(ledger.legs(), number, ledger.loggedOnAt(), ledger.times(), ledger.haMillis());
        effects.add(new AgentEffect.Notify(number, notice));
    }

    void desktop(Desktop next) {
        desktop = next;
    }

    void bookHaTime(long millis) {
        ledger = new Ledger(
                ledger.legs(), ledger.notifications(), ledger.loggedOnAt(), ledger.times(), ledger.haMillis() + millis);
        effects.add(new AgentEffect.BookHaTime(millis));
    }

    void agent(AgentState to, @Nullable String reasonCode, @Nullable String reasonName, boolean walkedAway) {
        AgentState from = presence.state();
        presence = new Presence(from.move(to), now, reasonCode, reasonName, walkedAway);
        Change change = from == AgentState.LOGGED_OUT
                ? Change.LOGIN
                : to == AgentState.LOGGED_OUT ? Change.LOGOUT : Change.AGENT_STATE;
        moved(change, null, null);
        tell(new AgentNotice.StateChanged(to, reasonCode));
    }

    /** Another reason for the same state. */
    void reason(@Nullable String code, @Nullable String name, boolean walkedAway) {
        presence = new Presence(presence.state(), presence.since(), code, name, walkedAway);
    }

    void call(CallState to, AgentCall call, Instant deadline) {
        work = new Work(work.state().move(to), now, call, deadline, work.waiting());
        moved(Change.CALL_STATE, call, null);
        tell(new AgentNotice.CallStateChanged(to, call.id(), deadline));
    }

    /** The call is over, with what came of it where it was this agent's to say. */
    void idle(@Nullable Disposition code) {
        AgentCall over = call();
        work = new Work(work.state().move(CallState.IDLE), now, null, null, work.waiting());
        moved(Change.CALL_STATE, over, code);
        tell(new AgentNotice.CallStateChanged(CallState.IDLE, null, null));
    }

    /** Something about the call has changed, not its state. */
    void update(AgentCall call, Instant deadline) {
        work = new Work(work.state(), work.since(), call, deadline, work.waiting());
    }

    void waiting(List<Waiting> others) {
        work = work.with(others);
    }

    void nail(NailState to, @Nullable LegId leg, @Nullable Instant deadline, int triesLeft) {
        AgentSession.Media media = to == NailState.NAILED ? AgentSession.Media.OK : nailing.media();
        nailing = new Nailing(nailing.state().move(to), now, leg, deadline, triesLeft, media);
        moved(Change.NAIL_STATE, null, null);
        tell(new AgentNotice.NailupChanged(to, to == NailState.NAILING && leg == null));
    }

    /** Something about the nailing has changed, not its state. */
    void update(Nailing next) {
        nailing = next;
    }

    void skills(Set<Skill> skills) {
        tie = new JobTie(
                tie.state(),
                tie.since(),
                List.copyOf(skills),
                tie.jobs(),
                tie.preferred(),
                tie.next(),
                tie.manualInbound());
    }

    /** Changes how the agent stands to jobs; jobs that come and go are told. */
    void jobs(AgentJobState to, List<JobId> jobs, @Nullable JobId preferred, @Nullable JobId next, boolean manual) {
        JobTie old = tie;
        boolean moves = old.state() != to;
        if (moves) {
            old.state().move(to);
        }
        tie = new JobTie(to, moves ? now : old.since(), old.skills(), jobs, preferred, next, manual);
        if (moves || !old.jobs().equals(tie.jobs())) {
            moved(Change.JOB_STATE, null, null);
        }
        old.jobs().stream()
                .filter(job -> !tie.jobs().contains(job))
                .forEach(job -> tell(new AgentNotice.JobDetached(job)));
        tie.jobs().stream()
                .filter(job -> !old.jobs().contains(job))
                .forEach(job -> tell(new AgentNotice.JobAttached(job)));
    }

    private void moved(Change change, @Nullable AgentCall of, @Nullable Disposition code) {
        AgentCall call = of == null ? work.call() : of;
        JobId job = call != null
                ? call.offer().job()
                : tie.jobs().stream().findFirst().orElse(null);
        boolean readiness = change == Change.LOGIN || change == Change.LOGOUT || change == Change.AGENT_STATE;
        effects.add(new AgentEffect.StateMoved(
                change,
                new AgentEffect.States(presence.state(), work.state(), tie.state(), nailing.state()),
                job,
                call == null ? null : call.offer().attempt(),
                readiness ? presence.reasonCode() : null,
                code));
    }

    /** The session after all moves, checked, and what is to be done. */
    Outcome.Accepted done() {
        AgentTimes times = ledger.times().at(AgentView.of(presence.state(), work.state()), now);
        ledger = new Ledger(ledger.legs(), ledger.notifications(), ledger.loggedOnAt(), times, ledger.haMillis());
        Set<AgentCommand.Kind> allowed = CommandRule.allowed(session());
        if (!allowed.equals(CommandRule.allowed(before))) {
            tell(new AgentNotice.CapabilitiesChanged(allowed));
        }
        return new Outcome.Accepted(session(), effects);
    }

    private AgentSession session() {
        return new AgentSession(before.identity(), desktop, presence, nailing, tie, work, ledger);
    }

    static Outcome.Refused refuse(AgentErrorCode code, String detail) {
        return new Outcome.Refused(code, detail);
    }

    private static <T> T present(@Nullable T value, String what) {
        if (value == null) {
            throw new InvariantBroken("INV-8", "an agent's session without " + what);
        }
        return value;
    }
}
