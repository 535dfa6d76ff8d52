package io.callisto.gateway;

import io.callisto.domain.AttemptId;
import io.callisto.gateway.client.AgentCommands;
import io.callisto.gateway.client.AgentMediaClient;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.client.GatewayClient;
import io.callisto.gateway.client.LegId;
import io.callisto.gateway.client.Watch;
import io.callisto.gateway.v1.AgentCommand;
import io.callisto.gateway.v1.BridgeMode;
import io.callisto.gateway.v1.BridgeState;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.ExecuteRequest;
import io.callisto.gateway.v1.LegEvent;
import io.callisto.gateway.v1.LegPhase;
import io.callisto.gateway.v1.PlaceCall;
import io.callisto.gateway.v1.PlaceCallsRequest;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The least that a dialer and an agent manager must do for agents to work: one thread, told by the watches. */
final class AgentShift implements AutoCloseable {
    private static final Scope ZONE = new Scope("agent-manager/0");
    private static final Scope JOB = new Scope("job/1/0");
    private static final Duration RING = Duration.ofSeconds(30);

    private final GatewayClient client;
    private final AgentMediaClient media;
    private final Queue<LegEvent> events = new ConcurrentLinkedQueue<>();
    private final Queue<CallState> states = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> ends = new ConcurrentLinkedQueue<>();
    private final List<Watch> watches = new ArrayList<>();
    private final Deque<LegId> free = new ArrayDeque<>();
    private final Deque<AttemptId> waiting = new ArrayDeque<>();
    private final Set<LegId> up = new HashSet<>();
    private final List<AgentCommand> out = new ArrayList<>();
    private final List<AgentCommand> handOvers = new ArrayList<>();
    private final long incarnation;
    private long next;
    private int placed;
    private int ended;
    private int talks;
    private int nuisance;
    private int renailed;
    private long lastSequence;

    AgentShift(GatewayClient client, int agents) {
        this.client = client;
        this.media = client.agentMedia();
        this.incarnation = client.announce(ZONE, 1).getIncarnation();
        client.announce(JOB, 1);
        watches.add(media.watch(ZONE, 1, OptionalLong.of(0), batch -> events.addAll(batch.getEventsList()), ends::add));
        watches.add(client.watch(JOB, 1, batch -> states.addAll(batch.getCallsList()), ends::add));
        for (int i = 0; i < agents; i++) {
            nail("agent" + i);
        }
    }

    /** Places calls until so many have ended. */
    void work(int calls, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (ended < calls) {
            step(deadline);
            int lacking = Math.min(calls - placed, free.size() + 2 - waiting.size() - (placed - ended - talking()));
            if (lacking > 0) {
                place(lacking);
            }
        }
    }

    /** Agents go home: every leg is dropped, and every end is told. */
    void end(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (LegId leg : up) {
            out.add(AgentCommands.drop(id(), leg));
        }
        renailed = Integer.MIN_VALUE;
        while (!up.isEmpty() || client.describe().getLiveLegs() > 0) {
            step(deadline);
            for (LegId leg : free) {
                out.add(AgentCommands.drop(id(), leg));
            }
        }
    }

    int talks() {
        return talks;
    }

    String summary() {
        return placed + " calls, " + talks + " talks, " + nuisance + " nuisance, " + renailed + " nailed again, "
                + lastSequence + " events";
    }

    private int talking() {
        return up.size() - free.size();
    }

    private void step(long deadline) {
        if (System.nanoTime() - deadline > 0 || !ends.isEmpty()) {
            throw new AssertionError("stuck: " + summary() + ", ended " + ended + ", free " + free.size() + ", up "
                    + up.size() + ", waiting " + waiting.size() + ", " + ends);
        }
        for (CallState state = states.poll(); state != null; state = states.poll()) {
            if (state.getPhase() == CallPhase.ANSWERED) {
                handOvers.add(AgentCommands.handOver(id(), AttemptIdBytes.decode(state.getAttemptId()), ZONE));
            } else if (state.getPhase() == CallPhase.ENDED) {
                ended++;
            }
        }
        send(JOB, handOvers);
        for (LegEvent event = events.poll(); event != null; event = events.poll()) {
            if (event.getSequence() != ++lastSequence) {
                throw new AssertionError("gap or double at " + lastSequence + ": " + event.getSequence());
            }
            hear(event);
        }
        assign();
        send(ZONE, out);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }

    private void hear(LegEvent event) {
        switch (event.getKind()) {
            case EVENT_LEG_UP -> {
                LegId leg = LegId.decode(event.getLeg().getLegId());
                up.add(leg);
                free.add(leg);
            }
            case EVENT_LEG_ENDED -> {
                LegId leg = LegId.decode(event.getLeg().getLegId());
                up.remove(leg);
                free.remove(leg);
                if (event.getLeg().getPhase() == LegPhase.LEG_ENDED && renailed >= 0) {
                    renailed++;
                    nail(event.getLeg().getAgentId());
                }
            }
            case EVENT_CALL_RECEIVED ->
                waiting.add(AttemptIdBytes.decode(event.getCall().getAttemptId()));
            case EVENT_CALL_ENDED ->
                waiting.remove(AttemptIdBytes.decode(event.getCall().getAttemptId()));
            case EVENT_TALK -> talks++;
            case EVENT_BRIDGE_OVER -> over(event.getBridge());
            default -> {}
        }
    }

    private void over(BridgeState bridge) {
        LegId leg = LegId.decode(bridge.getOwnerLegId());
        if (bridge.getMode() == BridgeMode.BRIDGE_OVER && up.contains(leg)) {
            free.add(leg);
        }
    }

    /** Customers beyond the free agents hear the message at once: nobody waits in this shift. */
    private void assign() {
        while (!waiting.isEmpty()) {
            AttemptId call = waiting.poll();
            LegId leg = free.poll();
            if (leg == null) {
                nuisance++;
                out.add(AgentCommands.announce(id(), call, "nuisance"));
            } else {
                out.add(AgentCommands.bridge(id(), leg, call));
            }
        }
    }

    private void nail(String agent) {
        out.add(AgentCommands.nailUp(id(), new LegId(id()), agent, "100", RING));
    }

    private void place(int calls) {
        PlaceCallsRequest.Builder request = PlaceCallsRequest.newBuilder()
                .setScope(JOB.value())
                .setEpoch(1)
                .setTtlMillis(60_000)
                .setTicket(client.announce(JOB, 1).getTicket());
        for (int i = 0; i < calls; i++) {
            placed++;
            request.addCalls(PlaceCall.newBuilder()
                    .setAttemptId(AttemptIdBytes.encode(new AttemptId(id())))
                    .setPhoneNumber("+4930" + (1_000_000 + placed))
                    .setRingTimeoutMillis(30_000)
                    .setIncarnation(incarnation));
        }
        client.place(request.build());
    }

    /** A bridge that was refused has left a call that ends by itself, and its leg is free again. */
    private void send(Scope scope, List<AgentCommand> commands) {
        if (commands.isEmpty()) {
            return;
        }
        ExecuteRequest request = ExecuteRequest.newBuilder()
                .setScope(scope.value())
                .setEpoch(1)
                .setTtlMillis(60_000)
                .setTicket(client.announce(scope, 1).getTicket())
                .addAllCommands(commands)
                .build();
        List<io.callisto.gateway.v1.CommandResult> results =
                media.execute(request).getResultsList();
        for (int i = 0; i < results.size(); i++) {
            AgentCommand command = commands.get(i);
            if (command.hasBridge() && results.get(i) != io.callisto.gateway.v1.CommandResult.COMMAND_DONE) {
                LegId leg = LegId.decode(command.getBridge().getLegId());
                if (up.contains(leg)) {
                    free.add(leg);
                }
            }
        }
        commands.clear();
    }

    private UUID id() {
        return new UUID(0x0190_0000_0000_7002L, ++next);
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
