package io.callisto.event.testkit;

import io.callisto.event.client.source.SourceFailure;
import io.callisto.event.client.source.SourcePartition;
import io.callisto.event.client.source.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The topics, the groups and what is wrong with them. All under one lock; whoever changes something says so. */
final class InMemoryLog {
    enum Fault {
        LOST,
        FROZEN,
        NO_COMMITS
    }

    /** Who reads with others. */
    private static final class Group {
        private final List<InMemorySource> members = new ArrayList<>();
        private final Map<SourcePartition, Long> committed = new HashMap<>();
        private final Set<String> topics = new HashSet<>();
        private int generation;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int partitionsPerTopic;
    private final Map<String, List<List<SourceRecord>>> topics = new TreeMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final Set<String> removed = new HashSet<>();
    private final Set<String> forbidden = new HashSet<>();
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);

    InMemoryLog(int partitionsPerTopic) {
        if (partitionsPerTopic < 1) {
            throw new IllegalArgumentException("a topic needs a partition");
        }
        this.partitionsPerTopic = partitionsPerTopic;
    }

    void append(String topic, String key, byte[] value, Map<String, String> headers, Instant timestamp) {
        change(() -> {
            int number = Math.floorMod(key.hashCode(), partitionsPerTopic);
            List<SourceRecord> records = partitions(topic).get(number);
            records.add(new SourceRecord(
                    new SourcePartition(topic, number), records.size(), timestamp, key, value, headers));
        });
    }

    private List<List<SourceRecord>> partitions(String topic) {
        return topics.computeIfAbsent(topic, name -> {
            List<List<SourceRecord>> fresh = new ArrayList<>();
            for (int i = 0; i < partitionsPerTopic; i++) {
                fresh.add(new ArrayList<>());
            }
            return fresh;
        });
    }

    private Group group(String name) {
        return groups.computeIfAbsent(name, unused -> new Group());
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <V> V read(Supplier<V> value) {
        lock.lock();
        try {
            return value.get();
        } finally {
            lock.unlock();
        }
    }

    void set(Fault fault, boolean now) {
        change(() -> {
            if (now) {
                faults.add(fault);
            } else {
                faults.remove(fault);
            }
        });
    }

    boolean has(Fault fault) {
        return read(() -> faults.contains(fault));
    }

    void remove(String topic) {
        change(() -> {
            topics.remove(topic);
            removed.add(topic);
            groups.values().forEach(group -> group.generation++);
        });
    }

    void create(String topic) {
        change(() -> {
            removed.remove(topic);
            partitions(topic);
            groups.values().forEach(group -> group.generation++);
        });
    }

    void forbid(String topic) {
        change(() -> forbidden.add(topic));
    }

    boolean forbidden(String topic) {
        return read(() -> forbidden.contains(topic));
    }

    boolean missing(String topic) {
        return read(() -> removed.contains(topic));
    }

    void requireReachable() {
        if (has(Fault.LOST)) {
            throw InMemoryEvents.lost();
        }
    }

    Set<SourcePartition> partitionsOf(Set<String> names) {
        return read(() -> {
            Set<SourcePartition> found = new HashSet<>();
            for (String topic : names) {
                if (!removed.contains(topic)) {
                    for (int i = 0; i < partitions(topic).size(); i++) {
                        found.add(new SourcePartition(topic, i));
                    }
                }
            }
            return found;
        });
    }

    long size(String topic) {
        return read(() -> topics.getOrDefault(topic, List.of()).stream()
                .mapToLong(List::size)
                .sum());
    }

    long end(SourcePartition partition) {
        return read(() -> (long) records(partition).size());
    }

    private List<SourceRecord> records(SourcePartition partition) {
        List<List<SourceRecord>> found = topics.get(partition.topic());
        return found == null ? List.of() : found.get(partition.number());
    }

    Map<String, Long> ends() {
        return read(() -> {
            Map<String, Long> ends = new TreeMap<>();
            topics.keySet()
                    .forEach(topic -> partitionsOf(Set.of(topic))
                            .forEach(partition -> ends.put(partition.toString(), end(partition))));
            return ends;
        });
    }

    long offsetAt(SourcePartition partition, Instant time) {
        return read(() -> records(partition).stream()
                .filter(found -> !found.timestamp().isBefore(time))
                .mapToLong(SourceRecord::offset)
                .findFirst()
                .orElse(records(partition).size()));
    }

    /** Records from those positions on; empty after the limit, where the site is lost, or when somebody calls. */
    List<SourceRecord> await(Map<SourcePartition, Long> positions, int most, Duration limit, BooleanSupplier called) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (true) {
                List<SourceRecord> found = faults.contains(Fault.LOST) || faults.contains(Fault.FROZEN)
                        ? List.of()
                        : next(positions, most);
                if (!found.isEmpty() || left <= 0 || called.getAsBoolean()) {
                    return found;
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFailure(SourceFailure.Kind.OTHER, "interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private List<SourceRecord> next(Map<SourcePartition, Long> positions, int most) {
        List<SourceRecord> found = new ArrayList<>();
        for (Map.Entry<SourcePartition, Long> position : positions.entrySet()) {
            List<SourceRecord> records = records(position.getKey());
            int from = Math.toIntExact(Math.min(position.getValue(), records.size()));
            int to = Math.min(records.size(), from + most - found.size());
            found.addAll(records.subList(from, to));
        }
        return found;
    }

    void signal() {
        change(() -> {});
    }

    void join(String name, InMemorySource member, Set<String> wanted) {
        change(() -> {
            Group group = group(name);
            group.members.add(member);
            group.topics.addAll(wanted);
            group.generation++;
        });
    }

    void leave(String name, InMemorySource member) {
        change(() -> {
            Group group = group(name);
            group.members.remove(member);
            group.generation++;
        });
    }

    int members(String name) {
        return read(() -> group(name).members.size());
    }

    int generation(String name) {
        return read(() -> group(name).generation);
    }

    /** A member's share: partitions in turn. */
    Set<SourcePartition> share(String name, InMemorySource member, Set<String> wanted) {
        return read(() -> {
            Group group = group(name);
            int place = group.members.indexOf(member);
            Set<SourcePartition> mine = new HashSet<>();
            int turn = 0;
            TreeSet<SourcePartition> all = new TreeSet<>(Comparator.comparing(SourcePartition::toString));
            all.addAll(partitionsOf(wanted));
            for (SourcePartition partition : all) {
                if (turn++ % group.members.size() == place) {
                    mine.add(partition);
                }
            }
            return mine;
        });
    }

    Map<SourcePartition, Long> committed(String name) {
        return read(() -> Map.copyOf(group(name).committed));
    }

    void commit(String name, Map<SourcePartition, Long> positions) {
        requireReachable();
        if (has(Fault.NO_COMMITS)) {
            throw new SourceFailure(SourceFailure.Kind.OTHER, "positions cannot be kept", null);
        }
        change(() -> group(name).committed.putAll(positions));
    }

    void rewind(String name, int records) {
        change(() -> group(name).committed.replaceAll((partition, offset) -> Math.max(0, offset - records)));
    }

    boolean awaitHandled(String name, Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!handled(name)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean handled(String name) {
        Group group = group(name);
        return !group.topics.isEmpty()
                && partitionsOf(group.topics).stream()
                        .allMatch(partition -> group.committed.getOrDefault(partition, -1L)
                                >= records(partition).size());
    }
}
