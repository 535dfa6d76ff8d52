package io.callisto.gateway.calls;

import io.callisto.domain.AttemptId;
import io.callisto.domain.Ticker;
import io.callisto.gateway.registry.Registry;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CallState;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * What the agents' half of the gateway may do with the calls: one lock, one fence and one registry for both halves, so
 * the registry's order is the order of effects across them. Every method but {@link #lock}, {@link #sync} and {@link
 * #write} is called under the lock.
 */
public final class CallControl {
    private final Exchange exchange;
    private final Object lock;
    private final CallBook book;
    private final Registry registry;
    private final Lines lines;
    private final Clock clock;
    private final Ticker ticker;

    CallControl(
            Exchange exchange, Object lock, CallBook book, Registry registry, Lines lines, Clock clock, Ticker ticker) {
        this.exchange = exchange;
        this.lock = lock;
        this.book = book;
        this.registry = registry;
        this.lines = lines;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Guards both halves. */
    public Object lock() {
        return lock;
    }

    /** Whether the epoch may act; a higher one than before begins its term. */
    public boolean enter(String scope, long epoch) {
        return exchange.enter(scope, epoch);
    }

    public long highest(String scope) {
        return book.fence.highest(scope);
    }

    public boolean draining() {
        return exchange.draining();
    }

    public long incarnation() {
        return registry.incarnation();
    }

    public long nowMillis() {
        return clock.millis();
    }

    public long nowNanos() {
        return ticker.nanos();
    }

    /** Real time as it passes here. */
    public long scaled(long millis) {
        return lines.scaled(millis);
    }

    /** Entry of an attempt; -1: never heard of. */
    public int find(AttemptId attempt) {
        return book.find(attempt);
    }

    public boolean lives(int entry) {
        return lines.lives(entry);
    }

    public CallPhase phase(int entry) {
        return book.table.phase(entry);
    }

    public CallState state(int entry) {
        return book.state(entry);
    }

    /** Scope that a live call belongs to. */
    public String owner(int entry) {
        return book.owner(entry);
    }

    /** Whether a live call belongs to another scope than the one that placed it, or did and came back. */
    public boolean handedOver(int entry) {
        return book.handedOver(entry);
    }

    /** Scope that placed it. */
    public String placedBy(int entry) {
        return book.scope(entry);
    }

    public AttemptId attempt(int entry) {
        return new AttemptId(new UUID(book.table.idHigh(entry), book.table.idLow(entry)));
    }

    /** Live calls of the scope. */
    public List<Integer> ownedBy(String scope) {
        return lines.ownedBy(scope);
    }

    /** Gives a live call to another scope, which must have a term. */
    public void handOver(int entry, String scope) {
        int term = book.fence.currentTerm(scope);
        registry.handedOver(entry, term);
        book.handedOver(entry, term);
    }

    /** An answered call ends by itself after this time and not as it would have. */
    public void endIn(int entry, long millis) {
        lines.endIn(entry, ticker.nanos(), millis);
    }

    public void hangUp(AttemptId attempt) {
        lines.hangUp(attempt);
    }

    /** Appends to the registry, under the scope's present term. */
    public void note(String scope, byte[] content) {
        registry.note(book.fence.currentTerm(scope), content);
    }

    /** Throws where the registry has no room for commands of this many bytes. */
    public void requireRoom(long bytes) {
        registry.requireRoom(bytes, Registry.Purpose.CONTROL);
    }

    /** End of what was appended to the registry so far. */
    public long position() {
        return registry.position();
    }

    /** See {@link Exchange#lastTerm}. */
    public long lastTerm() {
        return exchange.lastTerm();
    }

    /** Up to here the registry survives a loss of power. */
    public long durable() {
        return registry.durable();
    }

    /** Begins to make the registry durable up to here. */
    public void wantSync(long position) {
        registry.wantSync(position);
    }

    /** Waits until the registry survives a loss of power up to here. Without the lock. */
    public void sync(long position) {
        registry.sync(position);
    }

    /** Waits until the registry survives the death of this process up to here. Without the lock. */
    public void write(long position) {
        registry.write(position);
    }
}
