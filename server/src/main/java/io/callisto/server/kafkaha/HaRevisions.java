package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Makes and goes back revisions. The same answers make no new one. */
public final class HaRevisions {
    private final RevisionStore store;
    private final Supplier<String> ids;

    /** @param ids makes ids of clusters and directories */
    public HaRevisions(RevisionStore store, Supplier<String> ids) {
        this.store = store;
        this.ids = ids;
    }

    /**
     * A revision.
     *
     * @param revision the present one now
     * @param changed whether it is new
     */
    public record Made(Revision revision, boolean changed) {}

    /** The plan that answers lead to; nothing is stored. */
    public HaPlan plan(HaAnswers answers) {
        List<String> problems = HaPlanDecision.problems(answers);
        if (!problems.isEmpty()) {
            throw new ClusterFailure(String.join("\n", problems));
        }
        return HaPlanDecision.plan(latest(), answers, ids);
    }

    /** After an undo of the first revision the cluster is still the same one, with the ids it had. */
    private Optional<HaPlan> latest() {
        int number = store.current() > 0 ? store.current() : store.highest();
        return store.find(number).map(Revision::plan);
    }

    /** Makes a plan the present one. */
    public Made enable(HaPlan plan) {
        int current = store.current();
        Revision next = Revision.of(store.highest() + 1, current, plan);
        Optional<Revision> present = store.find(current);
        if (present.isPresent() && present.get().digest().equals(next.digest())) {
            return new Made(present.get(), false);
        }
        store.add(next);
        return new Made(next, true);
    }

    /**
     * Makes the revision before the present one the present again.
     *
     * @return its number; 0: what the servers had before the first
     */
    public int undo() {
        int current = store.current();
        Revision present = store.find(current)
                .orElseThrow(() -> new ClusterFailure("there is nothing to undo in " + store.name()));
        store.select(current, present.follows());
        return present.follows();
    }

    /** How a node's file differs between two revisions, as lines with {@code -} and {@code +}. */
    public static List<String> differences(String before, String after) {
        Set<String> old = lines(before);
        Set<String> now = lines(after);
        List<String> found = new ArrayList<>();
        old.stream().filter(line -> !now.contains(line)).forEach(line -> found.add("- " + line));
        now.stream().filter(line -> !old.contains(line)).forEach(line -> found.add("+ " + line));
        return found;
    }

    private static Set<String> lines(String text) {
        Set<String> lines = new LinkedHashSet<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(lines::add);
        return lines;
    }
}
