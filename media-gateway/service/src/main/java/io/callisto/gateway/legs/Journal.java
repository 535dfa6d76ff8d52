package io.callisto.gateway.legs;

import io.callisto.gateway.calls.CallControl;
import io.callisto.gateway.v1.CallEnd;
import io.callisto.gateway.v1.LegEvent;
import io.callisto.gateway.v1.LegEventKind;

/** Gives events their sequence and enters them into registry and feed. Guarded by the exchange's lock. */
final class Journal {
    /** Most bytes of two events, as many as a command leads to as a rule. */
    static final long ROOM_PER_COMMAND = 640;

    private final CallControl control;
    private final LegBook book;
    private long end;

    Journal(CallControl control, LegBook book) {
        this.control = control;
        this.book = book;
    }

    /** End of the last event's note in the registry. */
    long end() {
        return end;
    }

    /** Sequence of the scope's next event. */
    long next(String scope) {
        return book.feed(scope).last() + 1;
    }

    void leg(LegEventKind kind, Leg leg) {
        append(leg.scope, LegEvent.newBuilder().setKind(kind).setLeg(leg.state()));
    }

    void talk(LegEventKind kind, Talk talk) {
        append(talk.scope, LegEvent.newBuilder().setKind(kind).setBridge(talk.state()));
    }

    void dtmf(Talk talk, int digits) {
        append(
                talk.scope,
                LegEvent.newBuilder()
                        .setKind(LegEventKind.EVENT_DTMF)
                        .setBridge(talk.state())
                        .setDigits(digits));
    }

    void call(LegEventKind kind, String scope, int entry) {
        append(scope, LegEvent.newBuilder().setKind(kind).setCall(control.state(entry)));
    }

    void callEnded(String scope, int entry, CallEnd end) {
        append(
                scope,
                LegEvent.newBuilder()
                        .setKind(LegEventKind.EVENT_CALL_ENDED)
                        .setCall(control.state(entry))
                        .setCallEnd(end));
    }

    void announcement(String scope, int entry, String message) {
        append(
                scope,
                LegEvent.newBuilder()
                        .setKind(LegEventKind.EVENT_ANNOUNCEMENT)
                        .setCall(control.state(entry))
                        .setMessage(message));
    }

    /** A leg that can never be nailed: recorded, and told to nobody but who asks. */
    void tombstone(Leg leg) {
        control.note(
                leg.scope, LegEvent.newBuilder().setLeg(leg.state()).build().toByteArray());
    }

    private void append(String scope, LegEvent.Builder draft) {
        Feed feed = book.feed(scope);
        LegEvent event = draft.setSequence(feed.last() + 1)
                .setAtEpochMillis(control.nowMillis())
                .build();
        control.note(scope, event.toByteArray());
        end = control.position();
        feed.add(event, end);
    }
}
