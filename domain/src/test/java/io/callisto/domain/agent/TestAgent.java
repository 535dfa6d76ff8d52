package io.callisto.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.AttemptId;
import io.callisto.domain.JobId;
import io.callisto.domain.OrganisationId;
import io.callisto.domain.PhoneNumber;
import io.callisto.domain.ZoneId;
import io.callisto.domain.agent.AgentCommand.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An agent in a test: its session, its clock, and what its last command or input led to. */
final class TestAgent {
    static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    static final AgentSettings SETTINGS = AgentSettings.defaults();
    static final JobId JOB = new JobId(7);
    static final JobId OTHER_JOB = new JobId(8);
    static final Disposition SALE = new Disposition("Sale");
    static final Disposition DEFAULT = new Disposition("Default_code");
    static final PhoneNumber CUSTOMER = new PhoneNumber("+4930123456");
    static final CallTerms TERMS = terms(false, true);

    AgentSession session;
    Instant now = START;
    List<AgentEffect> effects = List.of();

    private TestAgent(AgentSession session) {
        this.session = session;
    }

    static CallTerms terms(boolean timed, boolean cancellable) {
        return new CallTerms(
                new CallTerms.Preview(Duration.ofSeconds(30), timed, cancellable),
                new CallTerms.WrapUp(Duration.ofSeconds(40), Duration.ofSeconds(20), 2, DEFAULT, List.of(SALE)));
    }

    static AgentCommand.Logon logon(String name, boolean force) {
        return new AgentCommand.Logon(
                new AgentId(name),
                new OrganisationId(1),
                new ZoneId(0),
                new AgentCommand.Desk("4711", "de-DE", "Europe/Berlin"),
                Set.of(new Skill("German")),
                force);
    }

    static AgentSessionId sessionId(String name) {
        return new AgentSessionId(UUID.nameUUIDFromBytes(new byte[] {(byte) name.charAt(0), 1}));
    }

    /** Logged on, not ready. */
    static TestAgent loggedOn(String name) {
        Outcome outcome = AgentDecision.logon(null, sessionId(name), logon(name, false), START, SETTINGS);
        TestAgent agent = new TestAgent(((Outcome.Accepted) outcome).session());
        agent.effects = ((Outcome.Accepted) outcome).effects();
        return agent;
    }

    /** Ready and nailed up. */
    static TestAgent nailed(String name) {
        TestAgent agent = loggedOn(name);
        agent.ready(true);
        agent.send(new AgentCommand.NailupAgent());
        agent.take(new AgentInput.NailAnswered(agent.leg()));
        return agent;
    }

    /** Ready, nailed up and attached to {@link #JOB}. */
    static TestAgent attached(String name) {
        TestAgent agent = nailed(name);
        agent.take(new AgentInput.JobAttach(JOB, true, true));
        return agent;
    }

    /** With a customer. */
    static TestAgent talking(String name) {
        TestAgent agent = attached(name);
        CallOffer offer = offer(CallOffer.Kind.OUTBOUND, 1);
        agent.take(new AgentInput.CallAssigned(offer));
        agent.take(new AgentInput.Bridged(offer.call()));
        return agent;
    }

    /** Attached, and in this call state. */
    static TestAgent in(CallState state, AgentCall.Role role) {
        switch (state) {
            case IDLE -> {
                return attached("a");
            }
            case TALKING -> {
                return talking("a");
            }
            case HELD -> {
                return talking("a").sent(Kind.HOLD_CALL);
            }
            case WRAPUP -> {
                return talking("a").sent(Kind.RELEASE_LINE);
            }
            case PENDING_CALL -> {
                return attached("a").took(new AgentInput.CallAssigned(offer(CallOffer.Kind.OUTBOUND, 1)));
            }
            case PREVIEW -> {
                return attached("a").took(new AgentInput.PreviewAssigned(offer(CallOffer.Kind.PREVIEW, 1)));
            }
            case CALLBACK -> {
                return attached("a")
                        .took(new AgentInput.CallbackDue(
                                offer(CallOffer.Kind.CALLBACK, 1), START, START.plusSeconds(600)));
            }
            case DIALING -> {
                TestAgent agent = in(CallState.PREVIEW, role);
                agent.send(new AgentCommand.PreviewDial(null, agent.callId()));
                return agent;
            }
            case CONSULT, CONFERENCE_OWNER, CONFERENCE_PASSIVE -> {
                return shared(state, role);
            }
        }
        throw new AssertionError(state);
    }

    private static TestAgent shared(CallState state, AgentCall.Role role) {
        TestAgent owner = talking("a");
        TestAgent other = attached("b");
        owner.send(new AgentCommand.ConsultCall(Destination.of(other.id()), owner.callId()));
        pass(owner, other);
        pass(other, owner);
        if (state == CallState.CONSULT) {
            return role == AgentCall.Role.OWNER ? owner : other;
        }
        owner.sent(Kind.START_CONF);
        pass(owner, other);
        return state == CallState.CONFERENCE_OWNER ? owner : other;
    }

    /** Delivers what the last turn of one has for the other. */
    static void pass(TestAgent from, TestAgent to) {
        List<AgentInput> inputs = new ArrayList<>();
        for (AgentEffect effect : from.effects) {
            if (effect instanceof AgentEffect.Tell tell) {
                assertThat(tell.other()).isEqualTo(to.id());
                inputs.add(tell.input());
            }
        }
        assertThat(inputs).as("what %s tells %s", from.id(), to.id()).isNotEmpty();
        inputs.forEach(to::take);
    }

    static CallOffer offer(CallOffer.Kind kind, int number) {
        return offer(kind, number, TERMS);
    }

    static CallOffer offer(CallOffer.Kind kind, int number, CallTerms terms) {
        UUID id = new UUID(5, number);
        return new CallOffer(new CallId(id), kind, new AttemptId(id), JOB, CUSTOMER, terms);
    }

    AgentId id() {
        return session.identity().agent();
    }

    LegId leg() {
        LegId leg = session.nailing().leg();
        assertThat(leg).isNotNull();
        return Objects.requireNonNull(leg);
    }

    AgentCall call() {
        AgentCall call = session.work().call();
        assertThat(call).isNotNull();
        return Objects.requireNonNull(call);
    }

    CallId callId() {
        return call().id();
    }

    LegId consult() {
        AgentCall.Party party = call().party();
        assertThat(party).isNotNull();
        return Objects.requireNonNull(party).leg();
    }

    CallState state() {
        return session.work().state();
    }

    Outcome attempt(AgentCommand command) {
        return AgentDecision.decide(
                session,
                new AgentRequest(session.identity().session(), session.desktop().attachNo(), command),
                now,
                SETTINGS);
    }

    /** Sends a command that is to be accepted. */
    void send(AgentCommand command) {
        accept(attempt(command), command);
    }

    void send(Kind kind) {
        send(new AgentCommand.OnCall(kind, callId()));
    }

    TestAgent sent(Kind kind) {
        send(kind);
        return this;
    }

    void ready(boolean ready) {
        send(new AgentCommand.StateChange(ready, ready ? null : "BREAK", null, false));
    }

    Outcome attempt(AgentInput input) {
        return AgentDecision.decide(session, input, now, SETTINGS);
    }

    /** Takes an input that is to be accepted. */
    void take(AgentInput input) {
        accept(attempt(input), input);
    }

    TestAgent took(AgentInput input) {
        take(input);
        return this;
    }

    void accept(Outcome outcome, Object what) {
        assertThat(outcome).as("%s in %s", what, session.status()).isInstanceOf(Outcome.Accepted.class);
        session = ((Outcome.Accepted) outcome).session();
        effects = ((Outcome.Accepted) outcome).effects();
    }

    void refused(AgentCommand command, AgentErrorCode code) {
        assertThat(attempt(command))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    void refused(Kind kind, AgentErrorCode code) {
        refused(new AgentCommand.OnCall(kind, callId()), code);
    }

    void refused(AgentInput input, AgentErrorCode code) {
        assertThat(attempt(input))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    /** Lets the time of the next deadline come. */
    Duration expire() {
        Instant next = session.nextDeadline();
        assertThat(next).as("a deadline in %s", session.status()).isNotNull();
        Duration waited = Duration.between(now, Objects.requireNonNull(next));
        now = next;
        take(new AgentInput.DeadlineReached());
        return waited;
    }

    /** The effects of one kind. */
    <E extends AgentEffect> List<E> effects(Class<E> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The notifications of one kind. */
    <N extends AgentNotice> List<N> notices(Class<N> type) {
        return effects(AgentEffect.Notify.class).stream()
                .map(AgentEffect.Notify::notice)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    boolean did(AgentEffect.CallAction action) {
        return effects(AgentEffect.OnCall.class).stream().anyMatch(effect -> effect.action() == action);
    }

    /** The same session, standing differently to jobs. */
    TestAgent standing(AgentJobState job, List<JobId> jobs, @Nullable JobId next) {
        AgentSession old = session;
        AgentSession.JobTie tie = new AgentSession.JobTie(job, now, old.tie().skills(), jobs, null, next, true);
        TestAgent agent = new TestAgent(new AgentSession(
                old.identity(), old.desktop(), old.presence(), old.nailing(), tie, old.work(), old.ledger()));
        agent.now = now;
        return agent;
    }
}
