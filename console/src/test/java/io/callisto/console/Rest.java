package io.callisto.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client as plain as curl. */
final class Rest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final Map<String, String> headers;

    /** Somebody who says no name. */
    Rest(String base) {
        this(base, new TreeMap<>());
    }

    Rest(String base, String user, String password) {
        this(base, new TreeMap<>());
        String credentials = user + ":" + password;
        headers.put(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private Rest(String base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** The same client with one more header. */
    Rest with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Rest(base, more);
    }

    /** What came back. */
    record Answer(int status, String contentType, String text, HttpResponse<String> raw) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        /** The problem's code; fails where the answer is no complete problem. */
        String problem() {
            if (!contentType.equals("application/problem+json")) {
                throw new AssertionError("no problem: " + status + " " + contentType + " " + text);
            }
            JsonNode body = json();
            String code = body.path("code").asString();
            if (body.path("status").asInt() != status
                    || !body.path("type").asString().equals("urn:callisto:problem:" + code)
                    || body.path("title").asString().isEmpty()
                    || !body.path("errors").isArray()) {
                throw new AssertionError("incomplete problem: " + text);
            }
            return code;
        }

        /** Fields that the problem names. */
        java.util.List<String> fields() {
            return json().path("errors")
                    .valueStream()
                    .map(error -> error.path("field").asString())
                    .toList();
        }
    }

    Answer get(String path) {
        return send(path, "GET", HttpRequest.BodyPublishers.noBody());
    }

    Answer delete(String path) {
        return send(path, "DELETE", HttpRequest.BodyPublishers.noBody());
    }

    Answer post(String path) {
        return send(path, "POST", HttpRequest.BodyPublishers.noBody());
    }

    Answer post(String path, String json) {
        return with("Content-Type", "application/json").send(path, "POST", HttpRequest.BodyPublishers.ofString(json));
    }

    Answer put(String path, String json) {
        return with("Content-Type", "application/json").send(path, "PUT", HttpRequest.BodyPublishers.ofString(json));
    }

    Answer patch(String path, String json) {
        return with("Content-Type", "application/json").send(path, "PATCH", HttpRequest.BodyPublishers.ofString(json));
    }

    Answer send(String path, String method, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body);
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body(),
                    answer);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
