package io.callisto.event.client;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where in the events to begin. */
public final class StartAt {
    enum Kind {
        EARLIEST,
        LATEST,
        TIME,
        AGO,
        LAST_POSITION
    }

    private final Kind kind;
    private final @Nullable Instant time;
    private final @Nullable Duration ago;
    private final @Nullable StartAt otherwise;

    private StartAt(Kind kind, @Nullable Instant time, @Nullable Duration ago, @Nullable StartAt otherwise) {
        this.kind = kind;
        this.time = time;
        this.ago = ago;
        this.otherwise = otherwise;
    }

    /** All events that the topics still have, whatever the group has read before. */
    public static StartAt earliest() {
        return new StartAt(Kind.EARLIEST, null, null, null);
    }

    /** Only events that come from now on, whatever the group has not read yet. */
    public static StartAt latest() {
        return new StartAt(Kind.LATEST, null, null, null);
    }

    /** Events written at that time or later. */
    public static StartAt time(Instant time) {
        return new StartAt(Kind.TIME, time, null, null);
    }

    /** Events written in that last time, and all that come. */
    public static StartAt ago(Duration ago) {
        return new StartAt(Kind.AGO, null, ago, null);
    }

    /**
     * Behind the last event that the group has dealt with.
     *
     * @param otherwise for a group that has no position yet
     */
    public static StartAt lastPositionOr(StartAt otherwise) {
        if (otherwise.kind == Kind.LAST_POSITION) {
            throw new IllegalArgumentException("a group without a position cannot begin at its position");
        }
        return new StartAt(Kind.LAST_POSITION, null, null, otherwise);
    }

    Kind kind() {
        return kind;
    }

    /** What to do where there is no position. */
    StartAt otherwise() {
        return otherwise == null ? this : otherwise;
    }

    /** The time to look for; null for those that need none. */
    @Nullable
    Instant timeAt(Instant now) {
        return ago == null ? time : now.minus(ago);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case EARLIEST -> "earliest";
            case LATEST -> "latest";
            case TIME -> String.valueOf(time);
            case AGO -> ago + " ago";
            case LAST_POSITION -> "last position or " + otherwise;
        };
    }
}
