package io.callisto.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.AttemptId;
import io.callisto.domain.JobId;
import io.callisto.domain.PhoneNumber;
import io.callisto.domain.agent.AgentCommand.Kind;
import io.callisto.domain.agent.AgentEffect.CallAction;
import io.callisto.domain.agent.AgentWorldTest.Seen;
import io.callisto.domain.agent.FailoverFacts.Customer;
import io.callisto.domain.agent.GatewayView.Nail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Three agents, a gateway that remembers legs and customers, and one seed. After every step: every busy state has a
 * deadline, notifications are numbered without a gap, times add up, no agent's phone rings or stands that no session
 * knows. Whenever no message is under way: every customer on the line has exactly one agent. In the end: every contact
 * that was given to an agent was wrapped up or given back exactly once.
 */
final class AgentWorld {
    private static final JobId[] JOBS = {new JobId(7), new JobId(8), new JobId(9)};
    private static final PhoneNumber OUTSIDE = new PhoneNumber("+49891234567");
    private static final int MOST_ROUNDS_TO_REST = 300;

    private record Message(AgentId to, AgentInput input) {}

    private final Random random;
    private final Seen seen;
    private final Map<AgentId, AgentSession> agents = new TreeMap<>();
    private final Deque<Message> messages = new ArrayDeque<>();
    private final Set<LegId> phones = new HashSet<>();
    private final Set<CallId> customers = new HashSet<>();
    private final Map<AttemptId, Integer> ends = new HashMap<>();
    private final StringBuilder trace = new StringBuilder();
    private Instant now = TestAgent.START;
    private long number;
    private boolean down;

    AgentWorld(int seed, Seen seen) {
        random = new Random(seed);
        this.seen = seen;
        for (String name : List.of("a", "b", "c")) {
            logOn(name);
        }
    }

    @Override
    public String toString() {
        return trace.toString();
    }

    private void logOn(String name) {
        AgentId id = new AgentId(name);
        Outcome outcome = AgentDecision.logon(
                agents.get(id),
                new AgentSessionId(new UUID(9, ++number)),
                TestAgent.logon(name, random.nextBoolean()),
                now,
                TestAgent.SETTINGS);
        if (outcome instanceof Outcome.Accepted accepted) {
            AgentSession old = agents.get(id);
            if (old == null || !old.loggedOn()) {
                seen.moves(
                        new AgentEffect.States(
                                AgentState.LOGGED_OUT,
                                CallState.IDLE,
                                AgentJobState.NOT_ATTACHED,
                                NailState.NOT_NAILED),
                        states(accepted.session()));
            }
            save(accepted);
        }
    }

    void step() {
        now = now.plusMillis(random.nextInt(20) == 0 ? random.nextInt(40_000) : random.nextInt(1_200));
        if (!messages.isEmpty() && random.nextInt(10) < 6) {
            deliver();
            return;
        }
        AgentSession session = any();
        Instant deadline = session.nextDeadline();
        if (deadline != null && !deadline.isAfter(now) && random.nextInt(10) < 7) {
            take(session, new AgentInput.DeadlineReached());
        } else if (random.nextInt(150) == 0) {
            failOver();
        } else if (!session.loggedOn() && random.nextInt(3) > 0) {
            logOn(session.identity().agent().value());
        } else if (random.nextInt(5) < 2) {
            goOn(session);
        } else if (random.nextBoolean()) {
            command(session);
        } else {
            input(session);
        }
    }

    /** What usually comes next, so that runs get far into calls. */
    private void goOn(AgentSession session) {
        LegId leg = session.nailing().leg();
        if (!session.desktop().connected()) {
            take(session, new AgentInput.DesktopAttached());
        } else if (session.presence().state() == AgentState.NOT_READY) {
            send(session, new AgentCommand.StateChange(true, null, null, false));
        } else if (session.nailing().state() == NailState.NOT_NAILED) {
            send(session, new AgentCommand.NailupAgent());
        } else if (session.nailing().state() == NailState.NAILING && leg != null && phones.contains(leg)) {
            take(session, new AgentInput.NailAnswered(leg));
        } else if (session.tie().state() == AgentJobState.NOT_ATTACHED) {
            take(session, new AgentInput.JobAttach(JOBS[random.nextInt(JOBS.length)], false, true));
        } else if (session.tie().state().inbound()) {
            take(session, new AgentInput.OutboundOrdered());
        } else {
            goOnWithCall(session);
        }
    }

    private void goOnWithCall(AgentSession session) {
        AgentInput.Kind next = switch (session.work().state()) {
            case IDLE ->
                List.of(
                                AgentInput.Kind.CALL_ASSIGNED,
                                AgentInput.Kind.CALL_ASSIGNED,
                                AgentInput.Kind.PREVIEW_ASSIGNED,
                                AgentInput.Kind.CALLBACK_DUE)
                        .get(random.nextInt(4));
            case PENDING_CALL -> AgentInput.Kind.BRIDGED;
            case DIALING -> AgentInput.Kind.DIAL_ANSWERED;
            case CONSULT -> AgentInput.Kind.CONSULT_ANSWERED;
            case TALKING, HELD, PREVIEW, WRAPUP, CALLBACK, CONFERENCE_OWNER, CONFERENCE_PASSIVE -> null;
        };
        AgentInput input = next == null ? null : of(next, session);
        AgentCall call = session.work().call();
        if (input != null) {
            take(session, input);
        } else if (session.work().state() == CallState.TALKING && call != null && random.nextBoolean()) {
            AgentId other = any().identity().agent();
            send(session, new AgentCommand.ConsultCall(Destination.of(other), call.id()));
        } else if (session.work().state() == CallState.CONSULT && call != null) {
            Kind kind = random.nextBoolean() ? Kind.START_CONF : Kind.COMPLETE_TRANSFER;
            send(session, new AgentCommand.OnCall(kind, call.id()));
        } else if (random.nextInt(4) == 0) {
            command(session);
        }
    }

    private void send(AgentSession session, AgentCommand command) {
        AgentRequest request =
                new AgentRequest(session.identity().session(), session.desktop().attachNo(), command);
        Outcome outcome = AgentDecision.decide(session, request, now, TestAgent.SETTINGS);
        if (outcome instanceof Outcome.Accepted) {
            seen.commands.add(command.kind());
        }
        settle(session, command, outcome);
    }

    private AgentSession any() {
        return new ArrayList<>(agents.values()).get(random.nextInt(agents.size()));
    }

    private void deliver() {
        Message message = messages.remove();
        take(Objects.requireNonNull(agents.get(message.to())), message.input());
    }

    private void command(AgentSession session) {
        Kind[] all = Kind.values();
        Set<Kind> allowed = CommandRule.allowed(session);
        Kind kind = allowed.isEmpty() || random.nextInt(5) == 0
                ? all[random.nextInt(all.length)]
                : List.copyOf(allowed).stream().sorted().toList().get(random.nextInt(allowed.size()));
        if (random.nextInt(3) > 0 && (kind == Kind.LOGOFF || kind == Kind.AGENT_DISCONNECTED)) {
            // Else nobody would ever have time for a call.
            return;
        }
        long attachNo = session.desktop().attachNo() - (random.nextInt(40) == 0 ? 1 : 0);
        AgentCommand command = of(kind, session);
        AgentRequest request = new AgentRequest(session.identity().session(), attachNo, command);
        Outcome outcome = AgentDecision.decide(session, request, now, TestAgent.SETTINGS);
        if (outcome instanceof Outcome.Accepted) {
            seen.commands.add(kind);
            assertThat(kind.compareTo(Kind.GET_ZONE_LIST) >= 0 || allowed.contains(kind))
                    .as("%s was offered in %s", kind, session.status())
                    .isTrue();
        }
        settle(session, command, outcome);
    }

    private AgentCommand of(Kind kind, AgentSession session) {
        AgentCall has = session.work().call();
        CallId call = has == null || random.nextInt(20) == 0 ? new CallId(new UUID(3, number)) : has.id();
        return switch (kind) {
            case LOGON -> TestAgent.logon("a", true);
            case LOGOFF -> new AgentCommand.Logoff("END");
            case PENDING_LOGOUT -> new AgentCommand.PendingLogout("END");
            case AGENT_DISCONNECTED -> new AgentCommand.AgentDisconnected();
            case STATE_CHANGE -> new AgentCommand.StateChange(random.nextInt(4) > 0, "BREAK", null, false);
            case SKILLS_CHANGED -> new AgentCommand.SkillsChanged(Set.of(new Skill("s" + random.nextInt(3))));
            case AVAILABLE_FOR_NAILUP -> new AgentCommand.AvailableForNailup();
            case READY_FOR_NAILUP -> new AgentCommand.ReadyForNailup();
            case NAILUP_AGENT -> new AgentCommand.NailupAgent();
            case LOST_NAILING -> new AgentCommand.LostNailing();
            case SEND_DTMF -> new AgentCommand.SendDtmf("12#", call);
            case REDIAL -> new AgentCommand.Redial(random.nextBoolean() ? null : OUTSIDE);
            case PREVIEW_DIAL -> new AgentCommand.PreviewDial(null, call);
            case CONSULT_CALL ->
                new AgentCommand.ConsultCall(
                        random.nextInt(4) == 0
                                ? Destination.of(OUTSIDE)
                                : Destination.of(any().identity().agent()),
                        call);
            case WRAPUP_CONTACT ->
                new AgentCommand.WrapupContact(random.nextInt(9) == 0 ? new Disposition("none") : TestAgent.SALE, call);
            case CREATE_CALLBACK ->
                new AgentCommand.CreateCallback(
                        new CallbackWish(
                                CallbackWish.Type.AGENT, null, now.plusSeconds(3_600), "UTC", null, null, null),
                        call);
            case SET_CUSTOMER_DETAIL -> new AgentCommand.SetCustomerDetail("city", "Berlin", call);
            case ADD_AGENT_NOTE -> new AgentCommand.AddAgentNote("note");
            case ADD_TO_DNC -> new AgentCommand.AddToDnc(List.of(OUTSIDE));
            case BLEND_TO_INBOUND -> new AgentCommand.BlendToInbound();
            case BLEND_TO_OUTBOUND -> new AgentCommand.BlendToOutbound();
            case SAVE_AGENT_FOR_HA -> new AgentCommand.SaveAgentForHa();
            case GET_AGENT_STATUS_RESPONSE ->
                new AgentCommand.GetAgentStatusResponse(
                        random.nextInt(8) == 0
                                ? new AgentStatus(AgentState.READY, CallState.HELD, NailState.LOST)
                                : session.status());
            case HOLD_CALL,
                    UNHOLD_CALL,
                    RELEASE_LINE,
                    PREVIEW_CANCEL,
                    MANUAL_CALL_CONNECT,
                    CANCEL_CONSULT,
                    COMPLETE_TRANSFER,
                    START_CONF,
                    END_CONF,
                    CONF_CHANGE_OWNERSHIP,
                    EXTEND_WRAPUP -> new AgentCommand.OnCall(kind, call);
            default -> new AgentCommand.Query(kind, List.of(), random.nextBoolean() ? null : call);
        };
    }

    private void input(AgentSession session) {
        AgentInput.Kind[] kinds = AgentInput.Kind.values();
        AgentInput.Kind kind = kinds[random.nextInt(kinds.length)];
        if (random.nextInt(12) > 0
                && (kind == AgentInput.Kind.FORCED_LOGOUT || kind == AgentInput.Kind.DESKTOP_DISCONNECTED)) {
            return;
        }
        AgentInput input = of(kind, session);
        if (input != null) {
            take(session, input);
        }
    }

    /** An input that the agent's surroundings could give now; null: they could not. */
    private @Nullable AgentInput of(AgentInput.Kind kind, AgentSession session) {
        AgentCall has = session.work().call();
        LegId leg = session.nailing().leg();
        JobId job = JOBS[random.nextInt(JOBS.length)];
        CallId call = has == null ? new CallId(new UUID(3, number)) : has.id();
        CallState state = session.work().state();
        return switch (kind) {
            case DESKTOP_ATTACHED -> new AgentInput.DesktopAttached();
            case DESKTOP_DISCONNECTED ->
                new AgentInput.DesktopDisconnected(session.desktop().attachNo() - random.nextInt(2));
            case DEADLINE_REACHED -> new AgentInput.DeadlineReached();
            case FORCED_LOGOUT -> new AgentInput.ForcedLogout("SUPERVISOR");
            case SKILLS_SET -> new AgentInput.SkillsSet(Set.of(new Skill("s" + random.nextInt(3))));
            case NAIL_ANSWERED -> leg == null || !phones.contains(leg) ? null : new AgentInput.NailAnswered(leg);
            case NAIL_FAILED ->
                phoneGone(session, NailState.NAILING) ? new AgentInput.NailFailed(legOf(session)) : null;
            case NAIL_LOST ->
                random.nextInt(4) == 0 && phoneGone(session, NailState.NAILED)
                        ? new AgentInput.NailLost(legOf(session))
                        : null;
            case MEDIA_CHANGED ->
                new AgentInput.MediaChanged(List.of(
                                AgentSession.Media.OK,
                                AgentSession.Media.OK,
                                AgentSession.Media.CONTROL_GONE,
                                AgentSession.Media.UNREACHABLE)
                        .get(random.nextInt(4)));
            case CALL_ASSIGNED -> new AgentInput.CallAssigned(offer(CallOffer.Kind.OUTBOUND, session));
            case PREVIEW_ASSIGNED ->
                new AgentInput.PreviewAssigned(
                        offer(random.nextInt(3) == 0 ? CallOffer.Kind.MANUAL : CallOffer.Kind.PREVIEW, session));
            case CALLBACK_DUE ->
                new AgentInput.CallbackDue(offer(CallOffer.Kind.CALLBACK, session), now, now.plusSeconds(300));
            case BRIDGED -> new AgentInput.Bridged(call);
            case BRIDGE_FAILED -> random.nextInt(4) > 0 ? null : new AgentInput.BridgeFailed(call);
            case DIAL_ANSWERED -> {
                boolean rings =
                        state == CallState.DIALING && has != null && has.offer().bridged();
                if (rings) {
                    customers.add(call);
                }
                yield rings ? new AgentInput.DialAnswered(call) : null;
            }
            case DIAL_FAILED -> new AgentInput.DialFailed(call, new Disposition("Call_Busy"));
            case CUSTOMER_HUNG_UP -> {
                boolean hangsUp = hangUp(call);
                if (hangsUp) {
                    // Told to whoever owned the call then, who may have given it away before it hears.
                    agents.values().stream()
                            .filter(agent -> owns(agent, call))
                            .forEach(agent -> messages.add(
                                    new Message(agent.identity().agent(), new AgentInput.CustomerHungUp(call))));
                }
                yield hangsUp ? new AgentInput.CustomerHungUp(call) : null;
            }
            case CONSULT_ANSWERED, CONSULT_REFUSED, PARTY_LEFT -> ofOutsider(kind, has);
            case CONSULT_REQUESTED,
                    CONSULT_WITHDRAWN,
                    CONSULT_QUEUED,
                    CALL_HANDED_OVER,
                    CONFERENCE_JOINED,
                    CONFERENCE_ENDED -> null;
            case JOB_ATTACH -> new AgentInput.JobAttach(job, random.nextBoolean(), random.nextInt(5) > 0);
            case JOB_DETACH -> random.nextInt(3) > 0 ? null : new AgentInput.JobDetach(job);
            case JOB_ENDED -> random.nextInt(3) > 0 ? null : new AgentInput.JobEnded(job);
            case JOB_MOVE -> new AgentInput.JobMove(job);
            case INBOUND_ORDERED -> new AgentInput.InboundOrdered();
            case OUTBOUND_ORDERED -> new AgentInput.OutboundOrdered();
        };
    }

    private static boolean owns(AgentSession session, CallId id) {
        AgentCall call = session.work().call();
        return call != null && call.owner() && call.id().equals(id);
    }

    private static LegId legOf(AgentSession session) {
        return Objects.requireNonNull(session.nailing().leg());
    }

    private boolean phoneGone(AgentSession session, NailState state) {
        LegId leg = session.nailing().leg();
        return leg != null && session.nailing().state() == state && phones.remove(leg);
    }

    private boolean hangUp(CallId call) {
        return random.nextInt(3) == 0 && customers.remove(call);
    }

    /** A consulted number outside answers, or does not, or hangs up. */
    private static @Nullable AgentInput ofOutsider(AgentInput.Kind kind, @Nullable AgentCall call) {
        AgentCall.Party party = call == null ? null : call.party();
        if (party == null || party.who().number() == null) {
            return null;
        }
        return switch (kind) {
            case CONSULT_ANSWERED -> new AgentInput.ConsultAnswered(party.leg());
            case CONSULT_REFUSED -> new AgentInput.ConsultRefused(party.leg(), AgentErrorCode.NO_ANSWER);
            default -> party.joined() ? new AgentInput.PartyLeft(party.leg()) : null;
        };
    }

    private CallOffer offer(CallOffer.Kind kind, AgentSession session) {
        UUID id = new UUID(7, ++number);
        List<JobId> jobs = session.tie().jobs();
        return new CallOffer(
                new CallId(id),
                kind,
                new AttemptId(id),
                jobs.isEmpty() ? JOBS[0] : jobs.get(0),
                TestAgent.CUSTOMER,
                TestAgent.terms(random.nextBoolean(), random.nextInt(3) > 0));
    }

    private void take(AgentSession session, AgentInput input) {
        Outcome outcome = AgentDecision.decide(session, input, now, TestAgent.SETTINGS);
        if (outcome instanceof Outcome.Accepted accepted) {
            seen.inputs.add(input.kind());
            AgentCall call = accepted.session().work().call();
            if (call != null && call.owner() && !call.equals(session.work().call())) {
                began(input.kind(), call);
            }
        }
        settle(session, input, outcome);
    }

    private void began(AgentInput.Kind kind, AgentCall call) {
        boolean assigned = kind == AgentInput.Kind.CALL_ASSIGNED;
        if (assigned) {
            customers.add(call.id());
        }
        if (assigned || kind == AgentInput.Kind.PREVIEW_ASSIGNED || kind == AgentInput.Kind.CALLBACK_DUE) {
            ends.putIfAbsent(call.offer().attempt(), 0);
        }
    }

    /** The zone is without a manager for a while; then all sessions are reconciled, and only then hear of others. */
    private void failOver() {
        Instant downSince = now;
        now = now.plusMillis(random.nextInt(5_000));
        down = true;
        agents.values().forEach(session -> whileNobodyListened(session.work()));
        for (AgentSession session : List.copyOf(agents.values())) {
            AgentCall call = session.work().call();
            Customer customer = Customer.GONE;
            if (call != null && customers.contains(call.id())) {
                customer = Customer.CONNECTED;
            } else if (session.work().state() == CallState.DIALING && random.nextBoolean()) {
                customer = Customer.RINGING;
            }
            GatewayView view = new GatewayView(nail(session), customer);
            Outcome.Accepted outcome =
                    FailoverReconciliation.reconcile(session, view, downSince, now, TestAgent.SETTINGS);
            settle(session, view, outcome);
            if (call != null && customer == Customer.GONE && call.owner()) {
                // An agent without a job keeps its call state; that the customer is gone it hears like any other news.
                take(
                        Objects.requireNonNull(agents.get(session.identity().agent())),
                        new AgentInput.CustomerHungUp(call.id()));
            }
        }
        for (AgentSession session : List.copyOf(agents.values())) {
            AgentCall call = session.work().call();
            if (session.work().state() == CallState.DIALING && call != null && customers.contains(call.id())) {
                // Kept, as the agent has no job; that the customer has answered it hears now.
                take(session, new AgentInput.DialAnswered(call.id()));
            }
        }
        down = false;
    }

    /** Customers hang up, or answer. */
    private void whileNobodyListened(AgentSession.Work work) {
        AgentCall call = work.call();
        if (call != null && !hangUp(call.id())) {
            boolean rings = work.state() == CallState.DIALING && call.offer().bridged();
            if (rings && random.nextBoolean()) {
                customers.add(call.id());
            }
        }
    }

    private Nail nail(AgentSession session) {
        LegId leg = session.nailing().leg();
        if (leg == null || !phones.contains(leg)) {
            return Nail.GONE;
        }
        if (session.nailing().state() == NailState.NAILING && random.nextBoolean()) {
            return Nail.RINGS;
        }
        return random.nextInt(3) > 0 ? Nail.STANDS : Nail.UNKNOWN;
    }

    private void settle(AgentSession before, Object what, Outcome outcome) {
        trace.append(now).append(' ').append(before.identity().agent()).append(' ');
        trace.append(what).append(" -> ").append(told(outcome)).append('\n');
        if (outcome instanceof Outcome.Accepted accepted) {
            try {
                check(before, accepted);
                save(accepted);
                if (messages.isEmpty() && !down) {
                    everyCustomerHasOneAgent();
                }
            } catch (AssertionError e) {
                throw new AssertionError(tail() + "\n" + what + " on " + before + "\ngave " + accepted, e);
            }
        }
    }

    private static String told(Outcome outcome) {
        return outcome instanceof Outcome.Accepted accepted
                ? accepted.session().status() + " " + accepted.effects()
                : outcome.toString();
    }

    private String tail() {
        List<String> lines = trace.toString().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    }

    private void check(AgentSession before, Outcome.Accepted accepted) {
        AgentSession after = accepted.session();
        for (BusyState busy : BusyState.of(after)) {
            seen.busy.add(busy);
            assertThat(busy.deadline(after)).as("deadline of %s", busy).isNotNull();
        }
        assertThat(after.nextDeadline() == null).isEqualTo(BusyState.of(after).isEmpty());
        long notifications = before.ledger().notifications();
        AgentEffect.States states = states(before);
        for (AgentEffect effect : accepted.effects()) {
            seen.effects.add(effect.kind());
            if (effect instanceof AgentEffect.Notify notify) {
                assertThat(notify.sequence()).isEqualTo(++notifications);
            } else if (effect instanceof AgentEffect.StateMoved moved) {
                seen.moves(states, moved.after());
                states = moved.after();
            }
        }
        assertThat(after.ledger().notifications()).isEqualTo(notifications);
        assertThat(states).as("the events tell every move").isEqualTo(states(after));
        long booked = Arrays.stream(AgentView.values())
                .mapToLong(view -> after.ledger().times().millis(view, now))
                .sum();
        assertThat(booked)
                .isEqualTo(Duration.between(after.ledger().loggedOnAt(), now).toMillis());
        assertThat(after.ledger().times().current()).isEqualTo(after.view());
    }

    private static AgentEffect.States states(AgentSession session) {
        return new AgentEffect.States(
                session.presence().state(),
                session.work().state(),
                session.tie().state(),
                session.nailing().state());
    }

    private void save(Outcome.Accepted accepted) {
        AgentSession session = accepted.session();
        agents.put(session.identity().agent(), session);
        for (AgentEffect effect : accepted.effects()) {
            carryOut(effect);
            if (effect instanceof AgentEffect.OnCall onCall
                    && onCall.action() == CallAction.CONFIRM
                    && !customers.contains(onCall.call())) {
                AgentInput gone = new AgentInput.CustomerHungUp(onCall.call());
                messages.add(new Message(session.identity().agent(), gone));
            }
        }
        Set<LegId> known = new HashSet<>();
        agents.values().forEach(agent -> {
            if (agent.nailing().leg() != null) {
                known.add(agent.nailing().leg());
            }
        });
        assertThat(known).as("phones that ring or stand").containsAll(phones);
    }

    private void carryOut(AgentEffect effect) {
        if (effect instanceof AgentEffect.NailUp nailUp) {
            assertThat(phones.add(nailUp.leg())).as("a leg is used once").isTrue();
        } else if (effect instanceof AgentEffect.DropNailing drop) {
            phones.remove(drop.leg());
        } else if (effect instanceof AgentEffect.OnCall onCall && onCall.action() == CallAction.RELEASE) {
            customers.remove(onCall.call());
        } else if (effect instanceof AgentEffect.OnParty onParty
                && onParty.action() == AgentEffect.PartyAction.TRANSFER) {
            boolean outside = agents.values().stream().anyMatch(agent -> {
                AgentCall call = agent.work().call();
                return agent.work().state() == CallState.WRAPUP
                        && call != null
                        && call.id().equals(onParty.call());
            });
            if (outside) {
                customers.remove(onParty.call());
            }
        } else if (effect instanceof AgentEffect.ReturnCall returned) {
            customers.remove(returned.offer().call());
            ends.merge(returned.offer().attempt(), 1, Integer::sum);
        } else if (effect instanceof AgentEffect.WrapUp wrapUp) {
            ends.merge(wrapUp.attempt(), 1, Integer::sum);
        } else if (effect instanceof AgentEffect.Tell tell) {
            messages.add(new Message(tell.other(), tell.input()));
        }
    }

    private void everyCustomerHasOneAgent() {
        List<CallId> served = new ArrayList<>();
        for (AgentSession session : agents.values()) {
            AgentCall call = session.work().call();
            if (call != null && call.owner() && call.offer().bridged() && call.line() != AgentCall.Line.NONE) {
                served.add(call.id());
            }
        }
        assertThat(served).as("customers with an agent").containsExactlyInAnyOrderElementsOf(customers);
    }

    /** Nothing is done any more, nobody answers anything: only deadlines come. */
    void comeToRest() {
        for (int round = 0; round < MOST_ROUNDS_TO_REST; round++) {
            while (!messages.isEmpty()) {
                deliver();
            }
            AgentSession next = agents.values().stream()
                    .filter(session -> session.nextDeadline() != null)
                    .min(Comparator.comparing(session -> Objects.requireNonNull(session.nextDeadline())))
                    .orElse(null);
            if (next == null) {
                break;
            }
            Instant deadline = Objects.requireNonNull(next.nextDeadline());
            now = deadline.isAfter(now) ? deadline : now;
            take(next, new AgentInput.DeadlineReached());
        }
        agents.values().forEach(session -> {
            assertThat(BusyState.of(session)).as("%s", session).isEmpty();
            assertThat(session.work().state()).isEqualTo(CallState.IDLE);
        });
        assertThat(customers).isEmpty();
        assertThat(ends)
                .allSatisfy((attempt, times) ->
                        assertThat(times).as("ends of attempt %s", attempt).isEqualTo(1));
        ends.clear();
    }
}
