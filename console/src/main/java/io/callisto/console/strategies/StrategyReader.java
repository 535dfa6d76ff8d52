package io.callisto.console.strategies;

import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.FieldProblem;
import io.callisto.domain.strategy.CallNode;
import io.callisto.domain.strategy.CallingWindow;
import io.callisto.domain.strategy.RetryRule;
import io.callisto.domain.strategy.Strategy;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Makes a {@link Strategy} from JSON and, where it cannot, lists every field that is wrong. The rules themselves are
 * those of the domain's records. One instance per document; used by one thread.
 */
final class StrategyReader {
    private static final Duration RING = Duration.ofSeconds(45);

    private final List<FieldProblem> problems = new ArrayList<>();

    private StrategyReader() {}

    /**
     * @param root path of the document in the request, for messages
     * @throws ApiProblem with all wrong fields
     */
    static Strategy read(JsonNode document, String root) {
        StrategyReader reader = new StrategyReader();
        CallNode call = null;
        boolean publish = false;
        if (reader.object(document, root, Set.of("call", "publish"))) {
            call = reader.call(document.path("call"), root + ".call");
            publish = reader.flag(document.path("publish"), root + ".publish");
        }
        if (call == null || !reader.problems.isEmpty()) {
            throw ApiProblem.invalid(reader.problems);
        }
        return new Strategy(call, publish);
    }

    private boolean flag(JsonNode node, String path) {
        if (!node.isMissingNode() && !node.isBoolean()) {
            problems.add(new FieldProblem(path, "must be true or false"));
        }
        return node.asBoolean(false);
    }

    private @Nullable CallNode call(JsonNode node, String path) {
        Set<String> fields =
                Set.of("ringTimeout", "callsPerSecond", "maxCalls", "maxAttempts", "minGap", "window", "retries");
        if (!object(node, path, fields)) {
            return null;
        }
        CallingWindow always = CallingWindow.ALWAYS;
        // Each field is tried beside values that are surely right, so that all wrong ones are told at once.
        Duration ring = field(
                node,
                path,
                "ringTimeout",
                RING,
                this::duration,
                v -> new CallNode(v, 1, 1, 1, Duration.ZERO, always, List.of()));
        Double rate = field(
                node,
                path,
                "callsPerSecond",
                null,
                this::number,
                v -> new CallNode(RING, v, 1, 1, Duration.ZERO, always, List.of()));
        Integer calls = field(
                node,
                path,
                "maxCalls",
                null,
                this::whole,
                v -> new CallNode(RING, 1, v, 1, Duration.ZERO, always, List.of()));
        Integer attempts = field(
                node,
                path,
                "maxAttempts",
                null,
                this::whole,
                v -> new CallNode(RING, 1, 1, v, Duration.ZERO, always, List.of()));
        Duration gap = field(
                node,
                path,
                "minGap",
                Duration.ZERO,
                this::duration,
                v -> new CallNode(RING, 1, 1, 1, v, always, List.of()));
        CallingWindow window = window(node.path("window"), path + ".window");
        List<RetryRule> retries = retries(node.path("retries"), path + ".retries");
        if (ring == null
                || rate == null
                || calls == null
                || attempts == null
                || gap == null
                || window == null
                || retries == null) {
            return null;
        }
        return tried(path + ".retries", () -> new CallNode(ring, rate, calls, attempts, gap, window, retries));
    }

    private @Nullable CallingWindow window(JsonNode node, String path) {
        if (node.isMissingNode()) {
            return CallingWindow.ALWAYS;
        }
        if (!object(node, path, Set.of("start", "end"))) {
            return null;
        }
        String start = field(node, path, "start", null, this::text, v -> new CallingWindow(v, "24:00"));
        String end = field(node, path, "end", null, this::text, v -> new CallingWindow("00:00", v));
        return start == null || end == null ? null : new CallingWindow(start, end);
    }

    private @Nullable List<RetryRule> retries(JsonNode node, String path) {
        if (node.isMissingNode()) {
            return List.of();
        }
        if (!node.isArray()) {
            problems.add(new FieldProblem(path, "must be a list"));
            return null;
        }
        List<RetryRule> rules = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            RetryRule rule = retry(node.get(i), path + "[" + i + "]");
            if (rule != null) {
                rules.add(rule);
            }
        }
        return rules.size() == node.size() ? rules : null;
    }

    private @Nullable RetryRule retry(JsonNode node, String path) {
        if (!object(node, path, Set.of("code", "after", "maxAttempts"))) {
            return null;
        }
        String code = field(node, path, "code", null, this::text, v -> new RetryRule(v, Duration.ZERO, 1));
        Duration after = field(node, path, "after", null, this::duration, v -> new RetryRule("Call_Busy", v, 1));
        Integer most =
                field(node, path, "maxAttempts", null, this::whole, v -> new RetryRule("Call_Busy", Duration.ZERO, v));
        return code == null || after == null || most == null ? null : new RetryRule(code, after, most);
    }

    /**
     * Reads a field and tries it.
     *
     * @param otherwise stands for a missing field; null where it must be there
     * @param reader gives null where the type is wrong
     * @param trial makes the domain's record, whose refusal is the message
     */
    private <T> @Nullable T field(
            JsonNode parent,
            String path,
            String name,
            @Nullable T otherwise,
            Function<JsonNode, @Nullable Object> reader,
            Function<T, Object> trial) {
        JsonNode node = parent.path(name);
        String where = path + "." + name;
        if (node instanceof MissingNode) {
            if (otherwise == null) {
                problems.add(new FieldProblem(where, "is missing"));
            }
            return otherwise;
        }
        Object read = reader.apply(node);
        if (read instanceof Wrong wrong) {
            problems.add(new FieldProblem(where, wrong.message()));
            return null;
        }
        @SuppressWarnings("unchecked") // the readers below give the type that their trial takes
        T value = (T) read;
        return value == null || tried(where, () -> trial.apply(value)) == null ? null : value;
    }

    private <T> @Nullable T tried(String path, Supplier<T> trial) {
        try {
            return trial.get();
        } catch (IllegalArgumentException refusal) {
            problems.add(new FieldProblem(path, String.valueOf(refusal.getMessage())));
            return null;
        }
    }

    private boolean object(JsonNode node, String path, Set<String> known) {
        if (!node.isObject()) {
            problems.add(new FieldProblem(path, node.isMissingNode() ? "is missing" : "must be an object"));
            return false;
        }
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                problems.add(new FieldProblem(path + "." + name, "unknown field; known are " + new TreeSet<>(known)));
            }
        }
        return true;
    }

    private record Wrong(String message) {}

    private Object duration(JsonNode node) {
        try {
            return node.isString() ? Duration.parse(node.asString()) : new Wrong("must be a duration such as PT45S");
        } catch (DateTimeParseException notADuration) {
            return new Wrong("must be a duration such as PT45S");
        }
    }

    private Object number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : new Wrong("must be a number");
    }

    private Object whole(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt()
                ? node.intValue()
                : new Wrong("must be a whole number in range");
    }

    private Object text(JsonNode node) {
        return node.isString() ? node.asString() : new Wrong("must be a text");
    }
}
