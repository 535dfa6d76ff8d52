package io.callisto.director.statistics;

import io.callisto.director.statistics.JobFigures.Before;
import io.callisto.event.contract.JobStatisticsEvent.Attempts;
import io.callisto.event.contract.JobStatisticsEvent.Rates;

/** How fast a job goes. Pure. */
final class JobRates {
    private static final double SECONDS_PER_HOUR = 3_600;

    private JobRates() {}

    /** The rates between two looks. A count that fell, as an agent changed a disposition, counts as 0. */
    static Rates between(Before before, Attempts now) {
        long made = Math.max(0, now.made() - before.made());
        long nuisance = Math.max(0, now.nuisance() - before.nuisance());
        long answered = Math.max(0, now.live() - before.live()) + nuisance;
        double perHour = before.seconds() > 0 ? made * SECONDS_PER_HOUR / before.seconds() : 0;
        return new Rates(
                rounded(before.seconds(), 3),
                rounded(perHour, 1),
                percent(answered, made),
                percent(nuisance, answered));
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : rounded(Math.min(100, 100.0 * part / whole), 2);
    }

    /** More digits would say nothing and cost bytes in every event. */
    private static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
