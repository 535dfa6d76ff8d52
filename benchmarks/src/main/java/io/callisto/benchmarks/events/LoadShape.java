package io.callisto.benchmarks.events;

import java.time.Duration;

/**
 * How much happens.
 *
 * @param attemptsPerSecond attempts that begin
 * @param jobs running jobs; each tells its statistics once a cadence
 * @param agents agents that are logged in; each tells its statistics once a cadence, and calls go to those who are free
 * @param cadence of the statistics
 */
record LoadShape(double attemptsPerSecond, int jobs, int agents, Duration cadence) {
    private static final int POM_JOBS = 20;
    private static final int POM_AGENTS = 1_000;
    private static final double POM_ATTEMPTS_PER_HOUR = 67_000;
    private static final double HOUR_SECONDS = 3_600;
    /** What POM's bytes per hour for its two statistics topics amount to. */
    private static final Duration POM_CADENCE = Duration.ofSeconds(10);

    /** POM's published run. */
    static final LoadShape POM = new LoadShape(POM_ATTEMPTS_PER_HOUR / HOUR_SECONDS, POM_JOBS, POM_AGENTS, POM_CADENCE);

    /** As many attempts as that, of as many jobs, without agents. */
    static LoadShape attempts(double perSecond) {
        return new LoadShape(perSecond, POM_JOBS, 0, POM_CADENCE);
    }
}
