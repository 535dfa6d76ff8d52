package io.callisto.drills.load;

import io.callisto.drills.history.Violation;
import java.time.Instant;
import java.util.List;

/** A client that asks a service all the time and notes when it got what it wanted. */
public interface Probe extends AutoCloseable {
    /** What it stands for, such as {@code rule-engine}. */
    String name();

    /** Successes since then, by this machine's clock, in order. */
    List<Instant> successesSince(Instant since);

    /** Stops and says what was wrong with what it got. Called once. */
    List<Violation> verdict();

    @Override
    void close();
}
