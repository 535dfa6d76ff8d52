package io.callisto.gateway.legs;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.gateway.v1.BridgeMode;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TalkMoveTest {
    private static final Set<BridgeMode> LIVE = EnumSet.of(
            BridgeMode.BRIDGE_WAITING,
            BridgeMode.BRIDGE_TALKING,
            BridgeMode.BRIDGE_HELD,
            BridgeMode.BRIDGE_CONSULTING,
            BridgeMode.BRIDGE_CONFERENCE);

    @Test
    void the_table_is_this() {
        Map<BridgeMode, String> rows = new EnumMap<>(BridgeMode.class);
        for (BridgeMode mode : LIVE) {
            StringBuilder row = new StringBuilder();
            for (TalkMove move : TalkMove.values()) {
                move.after(mode)
                        .ifPresent(next -> row.append(move)
                                .append('>')
                                .append(next.name().substring("BRIDGE_".length()))
                                .append(' '));
            }
            rows.put(mode, row.toString().strip());
        }
        String ends = "UNBRIDGE>OVER CALL_GONE>OVER";
        assertThat(rows)
                .containsEntry(BridgeMode.BRIDGE_WAITING, "ANSWERED>TALKING " + ends + " OWNER_GONE>OVER")
                .containsEntry(BridgeMode.BRIDGE_TALKING, "HOLD>HELD CONSULT>CONSULTING " + ends + " OWNER_GONE>OVER")
                .containsEntry(BridgeMode.BRIDGE_HELD, "UNHOLD>TALKING CONSULT>CONSULTING " + ends + " OWNER_GONE>OVER")
                .containsEntry(
                        BridgeMode.BRIDGE_CONSULTING,
                        "END_CONSULT>HELD START_CONFERENCE>CONFERENCE TRANSFER>TALKING " + ends
                                + " OWNER_GONE>OVER SECOND_GONE>HELD")
                .containsEntry(
                        BridgeMode.BRIDGE_CONFERENCE,
                        "END_CONFERENCE>TALKING TRANSFER>TALKING CHANGE_OWNER>CONFERENCE " + ends
                                + " OWNER_GONE>TALKING SECOND_GONE>TALKING");
    }

    @Test
    void nothing_follows_the_end_and_everything_alive_ends_with_its_call() {
        for (TalkMove move : TalkMove.values()) {
            assertThat(move.after(BridgeMode.BRIDGE_OVER)).isEmpty();
        }
        for (BridgeMode mode : LIVE) {
            assertThat(TalkMove.CALL_GONE.after(mode)).contains(BridgeMode.BRIDGE_OVER);
        }
    }
}
