package io.callisto.gateway.legs;

import io.callisto.gateway.v1.BridgeChange;
import io.callisto.gateway.v1.BridgeMode;
import io.callisto.gateway.v1.LegEventKind;
import java.util.Optional;

/** What can happen to a bridge: the whole table of its modes. Pure. */
enum TalkMove {
    ANSWERED,
    HOLD,
    UNHOLD,
    CONSULT,
    END_CONSULT,
    START_CONFERENCE,
    END_CONFERENCE,
    TRANSFER,
    CHANGE_OWNER,
    UNBRIDGE,
    CALL_GONE,
    OWNER_GONE,
    SECOND_GONE;

    /** The mode that follows; empty: it cannot happen in this one. */
    Optional<BridgeMode> after(BridgeMode mode) {
        return switch (mode) {
            case BRIDGE_WAITING ->
                switch (this) {
                    case ANSWERED -> Optional.of(BridgeMode.BRIDGE_TALKING);
                    case UNBRIDGE, CALL_GONE, OWNER_GONE -> Optional.of(BridgeMode.BRIDGE_OVER);
                    default -> Optional.empty();
                };
            case BRIDGE_TALKING ->
                switch (this) {
                    case HOLD -> Optional.of(BridgeMode.BRIDGE_HELD);
                    case CONSULT -> Optional.of(BridgeMode.BRIDGE_CONSULTING);
                    case UNBRIDGE, CALL_GONE, OWNER_GONE -> Optional.of(BridgeMode.BRIDGE_OVER);
                    default -> Optional.empty();
                };
            case BRIDGE_HELD ->
                switch (this) {
                    case UNHOLD -> Optional.of(BridgeMode.BRIDGE_TALKING);
                    case CONSULT -> Optional.of(BridgeMode.BRIDGE_CONSULTING);
                    case UNBRIDGE, CALL_GONE, OWNER_GONE -> Optional.of(BridgeMode.BRIDGE_OVER);
                    default -> Optional.empty();
                };
            case BRIDGE_CONSULTING ->
                switch (this) {
                    case END_CONSULT, SECOND_GONE -> Optional.of(BridgeMode.BRIDGE_HELD);
                    case START_CONFERENCE -> Optional.of(BridgeMode.BRIDGE_CONFERENCE);
                    case TRANSFER -> Optional.of(BridgeMode.BRIDGE_TALKING);
                    case UNBRIDGE, CALL_GONE, OWNER_GONE -> Optional.of(BridgeMode.BRIDGE_OVER);
                    default -> Optional.empty();
                };
            case BRIDGE_CONFERENCE ->
                switch (this) {
                    // The second leg goes on alone where the owner's phone is gone: the customer must not be cut off.
                    case END_CONFERENCE, SECOND_GONE, TRANSFER, OWNER_GONE -> Optional.of(BridgeMode.BRIDGE_TALKING);
                    case CHANGE_OWNER -> Optional.of(BridgeMode.BRIDGE_CONFERENCE);
                    case UNBRIDGE, CALL_GONE -> Optional.of(BridgeMode.BRIDGE_OVER);
                    default -> Optional.empty();
                };
            case BRIDGE_OVER, BRIDGE_MODE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    /** As what it is told, having happened in this mode. */
    LegEventKind event(BridgeMode before) {
        return switch (this) {
            case ANSWERED -> LegEventKind.EVENT_TALK;
            case HOLD -> LegEventKind.EVENT_HELD;
            case UNHOLD -> LegEventKind.EVENT_UNHELD;
            case CONSULT -> LegEventKind.EVENT_CONSULT_STARTED;
            case END_CONSULT -> LegEventKind.EVENT_CONSULT_ENDED;
            case START_CONFERENCE -> LegEventKind.EVENT_CONFERENCE_STARTED;
            case END_CONFERENCE -> LegEventKind.EVENT_CONFERENCE_ENDED;
            case TRANSFER -> LegEventKind.EVENT_TRANSFERRED;
            case CHANGE_OWNER -> LegEventKind.EVENT_OWNER_CHANGED;
            case UNBRIDGE, CALL_GONE -> LegEventKind.EVENT_BRIDGE_OVER;
            case OWNER_GONE ->
                before == BridgeMode.BRIDGE_CONFERENCE
                        ? LegEventKind.EVENT_CONFERENCE_ENDED
                        : LegEventKind.EVENT_BRIDGE_OVER;
            case SECOND_GONE ->
                before == BridgeMode.BRIDGE_CONFERENCE
                        ? LegEventKind.EVENT_CONFERENCE_ENDED
                        : LegEventKind.EVENT_CONSULT_ENDED;
        };
    }

    /** Empty: no change that exists. */
    static Optional<TalkMove> of(BridgeChange change) {
        return switch (change) {
            case UNBRIDGE -> Optional.of(UNBRIDGE);
            case HOLD -> Optional.of(HOLD);
            case UNHOLD -> Optional.of(UNHOLD);
            case END_CONSULT -> Optional.of(END_CONSULT);
            case START_CONFERENCE -> Optional.of(START_CONFERENCE);
            case END_CONFERENCE -> Optional.of(END_CONFERENCE);
            case COMPLETE_TRANSFER -> Optional.of(TRANSFER);
            case CHANGE_OWNER -> Optional.of(CHANGE_OWNER);
            case BRIDGE_CHANGE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    /** Whether the mode is already what the move would lead to, and nothing else would change. */
    boolean idleIn(BridgeMode mode) {
        return (this == HOLD && mode == BridgeMode.BRIDGE_HELD)
                || (this == UNHOLD && mode == BridgeMode.BRIDGE_TALKING);
    }

    /** Whether the second leg must be up for it. */
    boolean needsSecondUp() {
        return this == START_CONFERENCE || this == TRANSFER;
    }
}
