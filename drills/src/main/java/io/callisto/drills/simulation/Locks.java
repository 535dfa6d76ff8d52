package io.callisto.drills.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Row locks, shared or exclusive, held to the end of their transactions. Nobody queues: who waits asks again. */
final class Locks {
    private static final class Row {
        private @Nullable Tx exclusive;
        private final Set<Tx> shared = new LinkedHashSet<>();
    }

    private final Map<String, Row> rows = new HashMap<>();

    boolean share(String row, Tx tx) {
        Row now = rows.computeIfAbsent(row, name -> new Row());
        if (now.exclusive != null && now.exclusive != tx) {
            return false;
        }
        now.shared.add(tx);
        return true;
    }

    boolean exclusive(String row, Tx tx) {
        if (!holders(row, tx).isEmpty()) {
            return false;
        }
        rows.computeIfAbsent(row, name -> new Row()).exclusive = tx;
        return true;
    }

    /** Whether somebody changes the row, as "skip locked" sees it. */
    boolean locked(String row) {
        Row now = rows.get(row);
        return now != null && now.exclusive != null;
    }

    /** All but this one who hold the row. */
    List<Tx> holders(String row, Tx but) {
        Row now = rows.get(row);
        List<Tx> holders = new ArrayList<>();
        if (now != null) {
            holders.addAll(now.shared);
            if (now.exclusive != null) {
                holders.add(now.exclusive);
            }
            holders.removeIf(tx -> tx == but);
        }
        return holders;
    }

    void release(Tx tx) {
        rows.values().removeIf(row -> {
            row.shared.remove(tx);
            if (row.exclusive == tx) {
                row.exclusive = null;
            }
            return row.exclusive == null && row.shared.isEmpty();
        });
    }
}
