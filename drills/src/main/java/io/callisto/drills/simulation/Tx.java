package io.callisto.drills.simulation;

import io.callisto.ha.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An open transaction: what it would write, and what it is for. Its locks are the database's. */
final class Tx {
    /** Whose work it is, where it is a duty's. */
    record Work(Scope scope, long epoch, String node) {}

    private final String name;
    private final @Nullable Work work;
    private final List<Predicate<Tables>> changes = new ArrayList<>();
    private final List<Consumer<Tables>> afterwards = new ArrayList<>();
    private boolean over;

    Tx(String name, @Nullable Work work) {
        this.name = name;
        this.work = work;
    }

    @Nullable
    Work work() {
        return work;
    }

    /** To be done at commit; a change that says false aborts all. */
    void change(Predicate<Tables> change) {
        changes.add(change);
    }

    /** To be told the new state, once it is committed. */
    void afterwards(Consumer<Tables> listener) {
        afterwards.add(listener);
    }

    boolean writes() {
        return !changes.isEmpty();
    }

    boolean apply(Tables tables) {
        return changes.stream().allMatch(change -> change.test(tables));
    }

    void committed(Tables tables) {
        afterwards.forEach(listener -> listener.accept(tables));
    }

    boolean over() {
        return over;
    }

    void end() {
        over = true;
    }

    @Override
    public String toString() {
        return name;
    }
}
