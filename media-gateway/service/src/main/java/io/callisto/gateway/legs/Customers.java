package io.callisto.gateway.legs;

import com.google.protobuf.ByteString;
import io.callisto.gateway.calls.CallControl;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.simulator.PhoneSimulator;
import io.callisto.gateway.v1.Announce;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CommandResult;
import io.callisto.gateway.v1.HandOver;
import io.callisto.gateway.v1.HangUpCall;
import io.callisto.gateway.v1.LegEventKind;
import io.callisto.ha.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Customer calls as agents see them: whose they are, and how long they wait. Guarded by the exchange's lock. */
final class Customers {
    private static final Pattern MESSAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]{0,63}");
    private static final int MAX_SCOPE = 200;

    private final CallControl control;
    private final LegBook book;
    private final Journal journal;
    private final PhoneSimulator phones;
    private final Set<Integer> announcing = new HashSet<>();
    /** How many times a live call has been given a time to end, by entry. */
    private final Map<Integer, Long> times = new HashMap<>();

    Customers(CallControl control, LegBook book, Journal journal, PhoneSimulator phones) {
        this.control = control;
        this.book = book;
        this.journal = journal;
        this.phones = phones;
    }

    /** Entry of the call; -1: there is none. */
    int find(ByteString attempt) {
        int entry = AttemptIdBytes.tryDecode(attempt).map(control::find).orElse(-1);
        return entry >= 0 && control.phase(entry) == CallPhase.NEVER_PLACED ? -1 : entry;
    }

    /** Whether the scope may act on the call: done, or why not. */
    CommandResult standing(String scope, int entry) {
        if (entry < 0) {
            return CommandResult.COMMAND_CALL_UNKNOWN;
        }
        if (!control.lives(entry)) {
            return CommandResult.COMMAND_CALL_ENDED;
        }
        return control.owner(entry).equals(scope) ? CommandResult.COMMAND_DONE : CommandResult.COMMAND_NOT_OWNER;
    }

    boolean announcing(int entry) {
        return announcing.contains(entry);
    }

    CommandResult handOver(String scope, HandOver order) {
        String to = scope(order.getToScope());
        if (to == null) {
            return CommandResult.COMMAND_INVALID;
        }
        int entry = find(order.getAttemptId());
        CommandResult standing = standing(scope, entry);
        if (standing == CommandResult.COMMAND_NOT_OWNER
                && control.owner(entry).equals(to)
                && control.placedBy(entry).equals(scope)) {
            return CommandResult.COMMAND_DONE;
        }
        if (standing != CommandResult.COMMAND_DONE || to.equals(scope)) {
            return standing;
        }
        if (book.talk(control.attempt(entry)) != null || announcing(entry)) {
            return CommandResult.COMMAND_CALL_BUSY;
        }
        // A receiver that has never been here would hear nothing of the call, and the customer would wait in vain.
        if (control.highest(to) == 0) {
            return CommandResult.COMMAND_SCOPE_UNKNOWN;
        }
        control.handOver(entry, to);
        if (book.hasLegs(scope)) {
            journal.call(LegEventKind.EVENT_CALL_GIVEN, scope, entry);
        }
        journal.call(LegEventKind.EVENT_CALL_RECEIVED, to, entry);
        waits(entry);
        return CommandResult.COMMAND_DONE;
    }

    private static @Nullable String scope(String name) {
        if (name.length() > MAX_SCOPE) {
            return null;
        }
        try {
            return new Scope(name).value();
        } catch (IllegalArgumentException notAScope) {
            return null;
        }
    }

    CommandResult announce(String scope, Announce order) {
        if (!MESSAGE.matcher(order.getMessage()).matches()) {
            return CommandResult.COMMAND_INVALID;
        }
        int entry = find(order.getAttemptId());
        CommandResult standing = standing(scope, entry);
        if (standing != CommandResult.COMMAND_DONE) {
            return standing;
        }
        if (control.phase(entry) != CallPhase.ANSWERED) {
            return CommandResult.COMMAND_WRONG_MODE;
        }
        if (book.talk(control.attempt(entry)) != null || !announcing.add(entry)) {
            return CommandResult.COMMAND_CALL_BUSY;
        }
        control.endIn(entry, phones.messageMillis());
        journal.announcement(scope, entry, order.getMessage());
        return CommandResult.COMMAND_DONE;
    }

    CommandResult hangUp(String scope, HangUpCall order) {
        int entry = find(order.getAttemptId());
        CommandResult standing = standing(scope, entry);
        if (standing == CommandResult.COMMAND_DONE) {
            control.hangUp(control.attempt(entry));
        }
        return standing == CommandResult.COMMAND_CALL_ENDED ? CommandResult.COMMAND_DONE : standing;
    }

    /** The customer is connected: from now on the talk's length counts. */
    void talks(int entry) {
        control.endIn(entry, phones.talkMillis(control.attempt(entry), next(entry)));
    }

    /** The customer is on the line without an agent: for as long as patience lasts. */
    void waits(int entry) {
        control.endIn(entry, phones.patienceMillis(control.attempt(entry), next(entry)));
    }

    /** Forgets a call that has ended; true: it heard an announcement. */
    boolean ended(int entry) {
        times.remove(entry);
        return announcing.remove(entry);
    }

    /** Whether the agents' half has had to do with it. */
    boolean touched(int entry) {
        return times.containsKey(entry) || announcing.contains(entry);
    }

    private long next(int entry) {
        return times.merge(entry, 1L, Long::sum);
    }
}
