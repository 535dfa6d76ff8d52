package io.callisto.drills.drill;

/** A kind of fault. Chooses its victims anew for every run, because roles move. */
@FunctionalInterface
interface Fault {
    /**
     * Chooses the victims; does nothing to them yet.
     *
     * @throws NotPossible where this cluster has no such victim
     */
    Harm plan(Stage stage);
}
