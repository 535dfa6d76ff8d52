package io.callisto.drills.campaign;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param name names list, strategy and campaign; must be new
 * @param csv contacts to import
 * @param importQuery options of the import, such as {@code defaultRegion=US}
 * @param callsPerSecond pace
 * @param maxCalls calls at once
 * @param retryAfter wait before each retry
 * @param maxAttempts attempts at one contact
 */
public record CampaignPlan(
        String name,
        Path csv,
        String importQuery,
        double callsPerSecond,
        int maxCalls,
        Duration retryAfter,
        int maxAttempts) {

    /** The strategy document that the plan stands for. */
    Map<String, Object> strategy() {
        return Map.of(
                "call",
                Map.of(
                        "ringTimeout",
                        "PT30S",
                        "callsPerSecond",
                        callsPerSecond,
                        "maxCalls",
                        maxCalls,
                        "maxAttempts",
                        maxAttempts,
                        "minGap",
                        "PT0S",
                        "window",
                        Map.of("start", "00:00", "end", "24:00"),
                        "retries",
                        List.of(retry("Call_Busy"), retry("Ring_No_Answer"), retry("Answer_Machine"))));
    }

    private Map<String, Object> retry(String code) {
        return Map.of("code", code, "after", retryAfter.toString(), "maxAttempts", maxAttempts);
    }
}
