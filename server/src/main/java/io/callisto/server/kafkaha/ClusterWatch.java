package io.callisto.server.kafkaha;

import io.callisto.domain.Ticker;
import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.process.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Waits until a cluster is as it should be, telling what is still missing. Used by one thread. */
public final class ClusterWatch {
    private static final long STEP_MILLIS = 250;
    private static final Duration REPEAT = Duration.ofSeconds(10);

    private final Supplier<ClusterSnapshot> cluster;
    private final Ticker ticker;
    private final Consumer<String> progress;

    /** @param cluster reads it; its failures are taken as "not yet" */
    public ClusterWatch(Supplier<ClusterSnapshot> cluster, Ticker ticker, Consumer<String> progress) {
        this.cluster = cluster;
        this.ticker = ticker;
        this.progress = progress;
    }

    /** The cluster now. */
    ClusterSnapshot now() {
        return cluster.get();
    }

    void tell(String line) {
        progress.accept(line);
    }

    /**
     * Looks until nothing is missing in {@code looks} looks in a row.
     *
     * @param missing what is not yet as it should be
     * @return seconds waited
     * @throws ClusterFailure after the limit, saying what is still missing
     */
    double until(String what, Duration limit, int looks, Function<ClusterSnapshot, List<String>> missing) {
        long began = ticker.nanos();
        long told = began;
        int good = 0;
        while (true) {
            List<String> left = look(missing);
            good = left.isEmpty() ? good + 1 : 0;
            long now = ticker.nanos();
            if (good >= looks) {
                return (now - began) / 1e9;
            }
            if (now - began > limit.toNanos()) {
                throw new ClusterFailure(what + ": not within " + limit.toSeconds() + " s: " + String.join("; ", left));
            }
            if (now - told > REPEAT.toNanos()) {
                told = now;
                progress.accept(
                        String.format(Locale.ROOT, "  %.0f s: %s", (now - began) / 1e9, String.join("; ", left)));
            }
            pause(what);
        }
    }

    private List<String> look(Function<ClusterSnapshot, List<String>> missing) {
        try {
            return missing.apply(cluster.get());
        } catch (ClusterFailure e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static void pause(String what) {
        try {
            Pause.millis(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterFailure("interrupted while waiting for " + what, e);
        }
    }
}
