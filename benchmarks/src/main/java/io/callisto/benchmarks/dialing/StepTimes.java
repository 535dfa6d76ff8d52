package io.callisto.benchmarks.dialing;

import io.callisto.drills.api.CallistoApi;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the dialer's time goes, from the server's own timers {@code callisto.dialing.step}. */
final class StepTimes {
    private static final Pattern SUM =
            Pattern.compile("(?m)^callisto_dialing_step_seconds_sum\\{[^}]*step=\"([^\"]+)\"[^}]*} ([0-9.eE+-]+)$");

    private final CallistoApi api;

    StepTimes(CallistoApi api) {
        this.api = api;
    }

    /** Each step's share of the time of all steps. */
    Map<String, Double> shares() {
        Map<String, Double> seconds = new TreeMap<>();
        Matcher line = SUM.matcher(api.text("/actuator/prometheus"));
        while (line.find()) {
            seconds.merge(line.group(1), Double.parseDouble(line.group(2)), Double::sum);
        }
        double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        seconds.replaceAll((step, time) -> all == 0 ? 0 : Math.round(1_000 * time / all) / 1_000.0);
        return seconds;
    }
}
