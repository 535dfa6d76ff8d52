package io.callisto.outbox.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Kafka as far as the relay can tell: sessions fence one another, a commit is all or nothing, its acknowledgement can
 * be lost either way, topics can be missing, records can be refused. Used by one thread at a time.
 */
public final class InMemoryEventLog implements EventLog {
    /** What happens to the next commit. */
    public enum Commit {
        /** Done and acknowledged. */
        ACKNOWLEDGED,
        /** Done, but the caller is told nothing. */
        UNKNOWN_DONE,
        /** Not done, and the caller is told nothing. */
        UNKNOWN_LOST
    }

    private final Map<Integer, Integer> sessions = new HashMap<>();
    private final Map<Integer, RowIds> positions = new HashMap<>();
    private final List<LogRecord> committed = new ArrayList<>();
    private final List<Integer> transactions = new ArrayList<>();
    private final Set<String> missing = new HashSet<>();
    private final Steps steps;
    private LongPredicate tooLarge = row -> false;
    private Commit next = Commit.ACKNOWLEDGED;
    private boolean reachable = true;
    private int outdated;

    /**
     * @param steps told of every step
     */
    public InMemoryEventLog(Steps steps) {
        this.steps = steps;
    }

    /** All records of committed transactions, in order: what a read_committed reader sees. */
    public List<LogRecord> committed() {
        return List.copyOf(committed);
    }

    /** Sizes of the committed transactions. */
    public List<Integer> transactions() {
        return List.copyOf(transactions);
    }

    /** How many sessions were opened for the shard. */
    public int opened(int shard) {
        return sessions.getOrDefault(shard, 0);
    }

    public void nextCommit(Commit outcome) {
        next = outcome;
    }

    public void reachable(boolean now) {
        reachable = now;
    }

    /** The sessions that are open now should be replaced. */
    public void settingsChanged() {
        outdated = sessions.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    public void missing(String topic) {
        missing.add(topic);
    }

    public void create(String topic) {
        missing.remove(topic);
    }

    /** Rows that are refused as too large. */
    public void tooLarge(LongPredicate rows) {
        tooLarge = rows;
    }

    @Override
    public Session open(int shard) {
        steps.reached("before open");
        requireReachable();
        int session = sessions.merge(shard, 1, Integer::sum);
        steps.reached("after open");
        return new FakeSession(shard, session);
    }

    private void requireReachable() {
        if (!reachable) {
            throw new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, "in-memory log not reachable");
        }
    }

    private final class FakeSession implements Session {
        private final int shard;
        private final int number;
        private boolean over;

        FakeSession(int shard, int number) {
            this.shard = shard;
            this.number = number;
        }

        @Override
        public RowIds position() {
            requireUsable();
            steps.reached("before position");
            RowIds found = positions.getOrDefault(shard, RowIds.NONE);
            steps.reached("after position");
            return found;
        }

        @Override
        public Set<String> missing(Set<String> topics) {
            requireUsable();
            Set<String> found = new HashSet<>(topics);
            found.retainAll(missing);
            return found;
        }

        @Override
        public boolean outdated() {
            return number <= outdated;
        }

        @Override
        public Outcome publish(List<LogRecord> records, RowIds position, long epoch) {
            requireUsable();
            steps.reached("before send");
            if (records.stream().anyMatch(event -> tooLarge.test(event.rowId()))) {
                over = true;
                return Outcome.refused(PoisonRow.Reason.TOO_LARGE);
            }
            steps.reached("sent, not committed");
            commit(records, position);
            steps.reached("committed, not acknowledged");
            return Outcome.COMMITTED;
        }

        private void commit(List<LogRecord> records, RowIds position) {
            over = true;
            if (sessions.getOrDefault(shard, 0) != number) {
                throw new EventLogFailure(EventLogFailure.Kind.FENCED, "another session is open");
            }
            requireReachable();
            Commit outcome = next;
            next = Commit.ACKNOWLEDGED;
            if (outcome != Commit.UNKNOWN_LOST) {
                committed.addAll(records);
                transactions.add(records.size());
                positions.put(shard, position);
            }
            if (outcome != Commit.ACKNOWLEDGED) {
                throw new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, "commit timed out");
            }
            over = false;
        }

        private void requireUsable() {
            if (over) {
                throw new AssertionError("a session was used after its end");
            }
            requireReachable();
        }

        @Override
        public void close() {
            over = true;
        }
    }
}
