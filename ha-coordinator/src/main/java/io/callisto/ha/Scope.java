package io.callisto.ha;

import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import java.util.regex.Pattern;

/**
 * What one node at a time may act for.
 *
 * @param value such as {@code director}, {@code agent-manager/0}, {@code job/17/0}, {@code outbox/0}
 */
public record Scope(String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z-]*(/[A-Za-z0-9_-]+)*");

    public Scope {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a scope: '" + value + "'");
        }
    }

    /** The common director. */
    public static Scope director() {
        return new Scope("director");
    }

    /** The director of a zone. */
    public static Scope director(ZoneId zone) {
        return new Scope("director/" + zone);
    }

    /** The agent manager of a zone. */
    public static Scope agentManager(ZoneId zone) {
        return new Scope("agent-manager/" + zone);
    }

    public static Scope ruleEngine() {
        return new Scope("rule-engine");
    }

    /** The dialer of a job in a zone. */
    public static Scope job(JobId job, ZoneId zone) {
        return new Scope("job/" + job + "/" + zone);
    }

    /** The relay of an outbox shard. */
    public static Scope outbox(int shard) {
        return new Scope("outbox/" + shard);
    }

    /** The aggregator of a shard. */
    public static Scope aggregator(int shard) {
        return new Scope("aggregator/" + shard);
    }

    public static Scope cache() {
        return new Scope("cache");
    }

    @Override
    public String toString() {
        return value;
    }
}
