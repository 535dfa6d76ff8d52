package io.callisto.drills.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to show.
 *
 * @param dir data directory, absolute
 * @param json where to write the result, too
 * @param keep leave the cluster running
 * @param timeFactor how many times faster than real time calls ring and talk
 * @param brokers Kafka brokers, 1 or 3
 * @param servers 1 to 4; with 2 or more, one is killed in the middle
 */
record DemoPlan(Path dir, @Nullable Path json, boolean keep, double timeFactor, int brokers, int servers) {

    /** Whether there is a server that may be lost. */
    boolean losesServer() {
        return servers > 1;
    }
}
