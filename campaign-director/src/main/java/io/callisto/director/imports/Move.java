package io.callisto.director.imports;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of the order to move a zone's director.
 *
 * @param refusal why it is refused; null where it is carried out
 * @param leaves whether the zone must now be handed over
 */
record Move(@Nullable String refusal, boolean leaves) {

    /**
     * Decides. Pure.
     *
     * @param to server that the order names, if it does
     * @param here the server of the owner
     * @param allocated where the administrator wants the zone's director now: an older order than his last word is void
     * @param serves whether a director runs on the server that the order names
     */
    static Move decide(@Nullable String to, String here, @Nullable String allocated, boolean serves) {
        if (to == null) {
            return new Move("the payload names no server: expected {\"to\": \"<server>\"}", false);
        }
        if (!to.equals(allocated)) {
            return new Move(
                    allocated == null
                            ? "the zone's director is allocated to no server any more"
                            : "the zone's director was allocated to " + allocated + " since",
                    false);
        }
        if (to.equals(here)) {
            return new Move(null, false);
        }
        return serves
                ? new Move(null, true)
                : new Move("no campaign director runs on server " + to + "; it moves once one does", false);
    }
}
