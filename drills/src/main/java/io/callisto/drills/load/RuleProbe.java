package io.callisto.drills.load;

import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.JdbcHistoryStore;
import io.callisto.drills.history.Violation;
import io.callisto.ha.NodeId;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceDirectory;
import io.callisto.rules.client.RuleEngineClient;
import io.callisto.rules.client.RuleEngineUnavailable;
import io.callisto.rules.v1.Candidate;
import io.callisto.rules.v1.EvaluateBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Asks the rule engine for a decision every 50 ms, as a dialer would. */
public final class RuleProbe implements Probe {
    private static final Duration PERIOD = Duration.ofMillis(50);
    private static final Duration ASK_LIMIT = Duration.ofSeconds(20);

    private final RuleEngineClient client;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /** A decision. */
    private record Answer(Instant at, long epoch) {}

    public RuleProbe(JdbcHistoryStore history) {
        this.client = new RuleEngineClient(new Directory(history), System::nanoTime);
        this.thread = new Thread(this::ask, "drill-rule-probe");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String name() {
        return "rule-engine";
    }

    @Override
    public List<Instant> successesSince(Instant since) {
        return answers.stream()
                .map(Answer::at)
                .filter(at -> !at.isBefore(since))
                .toList();
    }

    @Override
    public List<Violation> verdict() {
        close();
        if (answers.isEmpty()) {
            return List.of(new Violation(Aspect.LIVENESS, "no rule engine ever answered"));
        }
        return epochsRise(answers.stream().map(Answer::epoch).toList());
    }

    /** A client must not be served by a master of a former epoch after it was served by a later one. */
    static List<Violation> epochsRise(List<Long> epochs) {
        long highest = 0;
        for (long epoch : epochs) {
            if (epoch < highest) {
                return List.of(new Violation(
                        Aspect.ORDER, "the rule engine decided under epoch " + epoch + " after epoch " + highest));
            }
            highest = epoch;
        }
        return List.of();
    }

    @Override
    public void close() {
        closed = true;
        client.close();
        LockSupport.unpark(thread);
    }

    private void ask() {
        EvaluateBatch batch = EvaluateBatch.newBuilder()
                .setOrganisationId(0)
                .setCampaignId(0)
                .setNowEpochMillis(System.currentTimeMillis())
                .addCandidates(Candidate.newBuilder().setContactId(1).addZoneIds(ContactFile.ZONE))
                .build();
        while (!closed) {
            try {
                long epoch = client.evaluate(batch, ASK_LIMIT).getEpoch();
                answers.add(new Answer(Instant.now(), epoch));
            } catch (RuleEngineUnavailable away) {
                // The gap between two successes is what is measured.
            }
            LockSupport.parkNanos(PERIOD.toNanos());
        }
    }

    /** Who is master, as the database says at this moment. */
    private record Directory(JdbcHistoryStore history) implements ServiceDirectory {
        @Override
        public Optional<Endpoint> ownerOf(Scope scope, String name) {
            return history.addressesOf(scope.value(), name).stream()
                    .findFirst()
                    .map(address -> new Endpoint("", new NodeId(new UUID(0, 0)), address));
        }

        @Override
        public List<Endpoint> all(String name) {
            return List.of();
        }
    }
}
