package io.callisto.benchmarks.cli;

/** Runs a benchmark as a command. Used by one thread. */
public final class BenchRunner {
    private final BenchOutput output;

    public BenchRunner(BenchOutput output) {
        this.output = output;
    }

    /** What is run. */
    @FunctionalInterface
    public interface Bench {
        /** Measures and prints; whether everything that was done was done right. */
        boolean passes() throws Exception;
    }

    /** Returns the exit code: 0 where the benchmark passes. */
    public int run(Bench bench) {
        try {
            return bench.passes() ? 0 : 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (Exception failed) {
            output.say("bench failed: " + failed + (failed.getCause() == null ? "" : ", because " + failed.getCause()));
            return 1;
        }
    }
}
