package io.callisto.console.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Makes problem details, and writes them where no controller advice reaches: filters. Thread-safe. */
public final class ProblemWriter {
    /** Seconds after which a client should ask again. */
    static final String RETRY_AFTER_SECONDS = "2";

    private final JsonMapper json;

    public ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Ends the request with the problem. */
    public void write(HttpServletRequest request, HttpServletResponse response, ApiProblem problem) throws IOException {
        response.setStatus(problem.code().status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        if (retryable(problem.code())) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        byte[] body = json.writeValueAsBytes(members(
                problem.code(),
                problem.code().status().value(),
                problem.detail(),
                request.getRequestURI(),
                problem.errors()));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    static boolean retryable(ProblemCode code) {
        return switch (code.status()) {
            case SERVICE_UNAVAILABLE, INSUFFICIENT_STORAGE -> true;
            default -> code == ProblemCode.IN_PROGRESS;
        };
    }

    static ProblemDetail detail(ApiProblem problem, @Nullable String path) {
        ProblemCode code = problem.code();
        ProblemDetail detail = ProblemDetail.forStatusAndDetail(code.status(), problem.detail());
        detail.setType(code.type());
        detail.setTitle(code.title());
        if (path != null) {
            detail.setInstance(URI.create(path));
        }
        detail.setProperty("code", code.code());
        detail.setProperty("errors", problem.errors());
        return detail;
    }

    private static Map<String, Object> members(
            ProblemCode code, int status, String detail, String path, List<FieldProblem> errors) {
        Map<String, Object> members = new java.util.LinkedHashMap<>();
        members.put("type", code.type().toString());
        members.put("title", code.title());
        members.put("status", status);
        members.put("detail", detail);
        members.put("instance", path);
        members.put("code", code.code());
        members.put("errors", errors);
        return members;
    }
}
