package io.callisto.agents.zones;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of an order to a zone's agent manager.
 *
 * @param refusal why it is refused; null where it is applied
 * @param leaves whether the zone must now be handed over
 */
record MoveDecision(@Nullable String refusal, boolean leaves) {

    /**
     * What the decision rests on.
     *
     * @param here the server of the owner that decides
     * @param toServes whether an agent manager runs on the server that the order names
     * @param allocatedSince another server that an administrator allocated after the order was given; null: none
     */
    record Facts(String here, boolean toServes, @Nullable String allocatedSince) {}

    static MoveDecision of(ZoneCommand command, Facts facts) {
        if (!command.kind().equals("MOVE_ZONE")) {
            return refused("unknown command; an agent manager takes MOVE_ZONE");
        }
        String to = command.to();
        if (to == null) {
            return refused("the payload names no server: expected {\"to\": \"<server>\"}");
        }
        if (facts.allocatedSince() != null) {
            return refused("the zone was allocated to " + facts.allocatedSince() + " since");
        }
        if (to.equals(facts.here())) {
            return new MoveDecision(null, false);
        }
        if (!facts.toServes()) {
            return refused("no agent manager runs on server " + to);
        }
        return new MoveDecision(null, true);
    }

    private static MoveDecision refused(String why) {
        return new MoveDecision(why, false);
    }
}
