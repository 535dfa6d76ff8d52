package io.callisto.drills.load;

import io.callisto.drills.api.ApiFailure;
import io.callisto.drills.api.CallistoApi;
import io.callisto.drills.history.CallingWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** A campaign whose list is spread over the cluster's zones; each drill run starts a job of it. Not thread-safe. */
public final class DrillCampaign {
    /** Calls that a contact may get. */
    public static final int MAX_ATTEMPTS = 2;

    private static final Duration IMPORT_LIMIT = Duration.ofMinutes(3);
    private static final int MAX_CALLS = 2_000;
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm");

    private final Supplier<CallistoApi> api;
    private final LoadLevel level;
    private final String name;
    private final List<Long> lists = new ArrayList<>();
    private long contacts;
    private long campaign;

    /**
     * @param api of a server that lives now
     * @param name new in this cluster
     */
    public DrillCampaign(Supplier<CallistoApi> api, LoadLevel level, String name) {
        this.api = api;
        this.level = level;
        this.name = name;
    }

    /** Makes lists in the zones, imports their contacts, and makes the campaign. */
    public void prepare(List<Integer> zones, Path directory) {
        for (int zone : zones) {
            long list = api.get()
                    .post("/api/v1/contact-lists", Map.of("name", name + " zone " + zone, "zoneId", zone))
                    .path("contactListId")
                    .asLong();
            lists.add(list);
            Path file = ContactFile.write(directory, lists.size(), level.contactsPerZone());
            long id = api.get()
                    .importCsv(list, file, "defaultRegion=US")
                    .path("importId")
                    .asLong();
            contacts += await(id).path("rowsImported").asLong();
        }
        campaign = api.get().createCampaign(name, api.get().createStrategy(name, strategy("00:00", "24:00")), lists);
    }

    /** Starts a job on all contacts; returns its id. */
    public long startJob() {
        return api.get().startJob(campaign);
    }

    /** Contacts that each job has. */
    public long contacts() {
        return contacts;
    }

    /** Contacts that each job has in each zone. */
    public long contactsPerZone() {
        return level.contactsPerZone();
    }

    /** The window that is shut now and opens after {@code opensIn}, by the contacts' clock. */
    public static CallingWindow shutWindow(Instant now, Duration opensIn) {
        ZoneId zone = ZoneId.of(ContactFile.ZONE);
        LocalTime start = LocalTime.parse(MINUTES.format(now.plus(opensIn).atZone(zone)));
        return new CallingWindow(start, start.plusHours(1), zone);
    }

    /** Starts a job of another campaign on the same contacts that may call only in a window. */
    public long startWindowJob(CallingWindow window) {
        String other = name + " window " + window.start();
        long strategy =
                api.get().createStrategy(other, strategy(MINUTES.format(window.start()), MINUTES.format(window.end())));
        return api.get().startJob(api.get().createCampaign(other, strategy, lists));
    }

    /** Stops a job that has no reason to end by itself. */
    public void stop(long job) {
        api.get().post("/api/v1/jobs/" + job + "/stop", Map.of());
    }

    private Map<String, Object> strategy(String start, String end) {
        return Map.of(
                "call",
                Map.of(
                        "ringTimeout",
                        "PT20S",
                        "callsPerSecond",
                        level.callsPerSecond(),
                        "maxCalls",
                        MAX_CALLS,
                        "maxAttempts",
                        MAX_ATTEMPTS,
                        "minGap",
                        "PT0S",
                        "window",
                        Map.of("start", start, "end", end),
                        "retries",
                        List.of(retry("Call_Busy"), retry("Ring_No_Answer"))));
    }

    private static Map<String, Object> retry(String code) {
        return Map.of("code", code, "after", "PT1S", "maxAttempts", MAX_ATTEMPTS);
    }

    private JsonNode await(long importId) {
        Patience patience = new Patience("import " + importId, IMPORT_LIMIT);
        while (true) {
            JsonNode answer = api.get().get("/api/v1/imports/" + importId);
            switch (answer.path("state").asString()) {
                case "COMPLETED" -> {
                    return answer;
                }
                case "QUEUED", "RUNNING" -> patience.pause();
                default -> throw new ApiFailure("import " + importId + " ended " + answer);
            }
        }
    }
}
