package io.callisto.console;

/** Things that tests need before they can test. */
final class Samples {
    static final String DEFINITION = """
            {"call":{"ringTimeout":"PT30S","callsPerSecond":50,"maxCalls":200,"maxAttempts":3,"minGap":"PT0S",
             "window":{"start":"00:00","end":"24:00"},"retries":[{"code":"Call_Busy","after":"PT1M","maxAttempts":3}]}}
            """;

    private Samples() {}

    static int contactList(Rest rest, String name) {
        return rest.post("/api/v1/contact-lists", "{\"name\":\"" + name + "\"}")
                .json()
                .path("contactListId")
                .asInt();
    }

    static int strategy(Rest rest, String name) {
        return rest.post("/api/v1/strategies", "{\"name\":\"" + name + "\",\"definition\":" + DEFINITION + "}")
                .json()
                .path("strategyId")
                .asInt();
    }

    static int campaign(Rest rest, String name) {
        return rest.post(
                        "/api/v1/campaigns",
                        "{\"name\":\"%s\",\"strategyId\":%d,\"contactListIds\":[%d],\"kind\":\"FINITE\"}"
                                .formatted(name, strategy(rest, name), contactList(rest, name)))
                .json()
                .path("campaignId")
                .asInt();
    }

    static long job(Rest rest, String name) {
        return rest.post("/api/v1/campaigns/" + campaign(rest, name) + "/jobs")
                .json()
                .path("jobId")
                .asLong();
    }
}
