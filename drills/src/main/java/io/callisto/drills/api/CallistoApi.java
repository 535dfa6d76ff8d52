package io.callisto.drills.api;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API of one server. Thread-safe. */
public final class CallistoApi {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonMapper json = new JsonMapper();
    private final URI base;
    private final String authorization;

    /**
     * @param baseUrl such as {@code http://127.0.0.1:8080}
     */
    public CallistoApi(String baseUrl, String user, String password) {
        this.base = URI.create(baseUrl);
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Gets a resource.
     *
     * @throws ApiFailure where the answer is not 2xx or there is none
     */
    public JsonNode get(String path) {
        return send(request(path).GET());
    }

    /** Gets a text resource, such as the metrics. */
    public String text(String path) {
        return exchange(request(path).GET()).body();
    }

    /** Posts JSON; an empty map posts an empty object. */
    public JsonNode post(String path, Map<String, ?> body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    /** Puts JSON. */
    public JsonNode put(String path, Map<String, ?> body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    /** Uploads a CSV file to a contact list; query such as {@code defaultRegion=DE}. */
    public JsonNode importCsv(long contactListId, Path file, String query) {
        try {
            String name = URLEncoder.encode(String.valueOf(file.getFileName()), StandardCharsets.UTF_8);
            return send(request("/api/v1/contact-lists/" + contactListId + "/imports?fileName=" + name + "&" + query)
                    .header("Content-Type", "text/csv")
                    .POST(BodyPublishers.ofFile(file)));
        } catch (java.io.FileNotFoundException gone) {
            throw new ApiFailure("cannot read " + file, gone);
        }
    }

    /** Makes a list and returns its id. */
    public long createList(String name) {
        return post("/api/v1/contact-lists", Map.of("name", name, "zoneId", 0))
                .path("contactListId")
                .asLong();
    }

    /** Makes a strategy and returns its id. */
    public long createStrategy(String name, Map<String, ?> definition) {
        return post("/api/v1/strategies", Map.of("name", name, "definition", definition))
                .path("strategyId")
                .asLong();
    }

    /** Makes a finite campaign and returns its id. */
    public long createCampaign(String name, long strategy, List<Long> lists) {
        return post(
                        "/api/v1/campaigns",
                        Map.of("name", name, "strategyId", strategy, "contactListIds", lists, "kind", "FINITE"))
                .path("campaignId")
                .asLong();
    }

    /** Starts a job and returns its id. */
    public long startJob(long campaign) {
        return post("/api/v1/campaigns/" + campaign + "/jobs", Map.of())
                .path("jobId")
                .asLong();
    }

    /** Whether the console answers now. */
    public boolean answers() {
        try {
            get("/api/v1/zones");
            return true;
        } catch (ApiFailure away) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).header("Authorization", authorization);
    }

    private JsonNode send(HttpRequest.Builder request) {
        String body = exchange(request).body();
        return body.isBlank() ? json.createObjectNode() : json.readTree(body);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        try {
            HttpResponse<String> answer = http.send(built, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new ApiFailure(
                        built.method() + " " + built.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        } catch (IOException noAnswer) {
            throw new ApiFailure(built.method() + " " + built.uri() + " got no answer: " + noAnswer, noAnswer);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ApiFailure("interrupted", interrupted);
        }
    }
}
