package io.callisto.drills.drill;

import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.CallingWindow;
import io.callisto.drills.history.JdbcHistoryStore;
import io.callisto.drills.history.Violation;
import io.callisto.drills.load.DrillCampaign;
import io.callisto.drills.load.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The jobs that a drill has started. Used by one thread. */
final class LoadedJobs {
    private static final Duration DIALING_LIMIT = Duration.ofSeconds(30);
    private static final Duration WINDOW_OPENS_IN = Duration.ofMinutes(30);
    private static final Set<String> FINAL = Set.of("COMPLETED", "STOPPED", "FAILED");

    private final DrillCampaign campaign;
    private final JdbcHistoryStore history;
    private final Set<Long> started = new LinkedHashSet<>();
    private final Map<Long, CallingWindow> shut = new LinkedHashMap<>();

    LoadedJobs(DrillCampaign campaign, JdbcHistoryStore history) {
        this.campaign = campaign;
        this.history = history;
    }

    /** Starts a job and returns when calls are placed in all its zones. */
    long start() {
        long job = campaign.startJob();
        started.add(job);
        boolean dials = Patience.until(DIALING_LIMIT, () -> {
            Map<String, Long> ready = history.readyByScope(job);
            return dialing(job) && ready.values().stream().allMatch(left -> left < campaign.contactsPerZone());
        });
        if (!dials) {
            throw new IllegalStateException(
                    "job " + job + " places no calls after " + DIALING_LIMIT.toSeconds() + " s");
        }
        return job;
    }

    /** Starts a job that may not call now, by the true time. */
    void startWindowJob(Instant now) {
        if (shut.isEmpty()) {
            CallingWindow window = DrillCampaign.shutWindow(now, WINDOW_OPENS_IN);
            shut.put(campaign.startWindowJob(window), window);
        }
    }

    /** Jobs that must complete by themselves. */
    Set<Long> started() {
        return Set.copyOf(started);
    }

    /** Jobs that must not have called, with their windows. */
    Map<Long, CallingWindow> shut() {
        return Map.copyOf(shut);
    }

    long contacts() {
        return campaign.contacts();
    }

    /** Waits for all of them; those with a shut window are stopped. */
    List<Violation> awaitEnd(Duration limit) {
        shut.keySet().forEach(campaign::stop);
        Set<Long> all = new LinkedHashSet<>(started);
        all.addAll(shut.keySet());
        Patience.until(limit, () -> history.jobStates(all).values().stream().allMatch(FINAL::contains));
        List<Violation> found = new ArrayList<>();
        history.jobStates(all).forEach((job, state) -> {
            String wanted = shut.containsKey(job) ? "STOPPED" : "COMPLETED";
            if (!state.equals(wanted)) {
                found.add(new Violation(
                        Aspect.STUCK,
                        "job " + job + " is " + state + ", not " + wanted + ", " + limit.toSeconds()
                                + " s after the last fault"));
            }
        });
        return found;
    }

    private boolean dialing(long job) {
        return "RUNNING".equals(history.jobStates(Set.of(job)).get(job));
    }
}
