package io.callisto.agents.protocol;

import io.callisto.agents.protocol.Shape.Form;
import io.callisto.agents.protocol.Shape.Part;
import java.lang.reflect.InvocationTargetException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes records of JSON trees, strictly: what does not fit is named with its place. Unknown fields are passed over. */
final class RecordReader {
    private static final int MAX_POINTER = 200;

    /** Something does not fit. Never leaves this package. */
    static final class Misfit extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final AgentError error;
        private final String position;

        Misfit(AgentError error, String position, String text) {
            super(text, null, false, false);
            this.error = error;
            this.position = position;
        }

        AgentError error() {
            return error;
        }

        String position() {
            return position;
        }

        String text() {
            return Objects.requireNonNull(getMessage());
        }
    }

    private final @Nullable Shape payload;

    /**
     * @param payload shape of the part whose class another field tells; null to leave that part out
     */
    RecordReader(@Nullable Shape payload) {
        this.payload = payload;
    }

    Record read(Shape shape, JsonNode node, String at) {
        if (!node.isObject()) {
            throw misfit(at, "must be an object" + butIs(node));
        }
        Object[] values = new Object[shape.parts().size()];
        for (int i = 0; i < values.length; i++) {
            Part part = shape.parts().get(i);
            values[i] = part(part, node.get(part.name()), at + "/" + part.name());
        }
        try {
            return (Record) shape.constructor().newInstance(values);
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException broken) {
            throw new IllegalStateException("cannot make " + shape.type(), broken);
        }
    }

    private @Nullable Object part(Part part, @Nullable JsonNode node, String at) {
        Form form = part.form();
        if (form.kind() == Shape.Kind.PAYLOAD) {
            return payload(part, node, at);
        }
        if (node == null || node.isNull()) {
            if (part.required()) {
                throw misfit(at, node == null ? "is missing" : "must not be null");
            }
            return absent(form);
        }
        return value(form, part.says(), node, at);
    }

    private @Nullable Object payload(Part part, @Nullable JsonNode node, String at) {
        if (payload == null) {
            return null;
        }
        if (node == null || node.isNull()) {
            boolean empty = payload.parts().stream().noneMatch(Part::required);
            if (!empty && part.required()) {
                throw misfit(at, "is missing");
            }
            return empty ? read(payload, EMPTY, at) : null;
        }
        return read(payload, node, at);
    }

    private static final JsonNode EMPTY = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();

    private static @Nullable Object absent(Form form) {
        return switch (form.kind()) {
            case LIST -> List.of();
            case MAP -> Map.of();
            case FLAG -> false;
            case NUMBER -> form.type() == int.class ? (Object) 0 : form.type() == long.class ? (Object) 0L : null;
            case TEXT, WORD, TIME, LOCAL_TIME, RECORD, COMMAND, PAYLOAD -> null;
        };
    }

    private Object value(Form form, @Nullable Described says, JsonNode node, String at) {
        return switch (form.kind()) {
            case TEXT -> text(says, node, at);
            case WORD -> word(form.type(), node, at);
            case NUMBER -> number(form.type(), node, at);
            case FLAG -> flag(node, at);
            case TIME -> time(node, at);
            case LOCAL_TIME -> localTime(node, at);
            case RECORD -> read(Objects.requireNonNull(form.shape()), node, at);
            case LIST -> list(form, says, node, at);
            case MAP -> map(says, node, at);
            case COMMAND -> command(node, at);
            case PAYLOAD -> throw new IllegalStateException("a payload has no form of its own");
        };
    }

    private static String text(@Nullable Described says, JsonNode node, String at) {
        String text = string(node, at);
        if (says != null) {
            if (text.length() < says.min() || text.length() > says.max()) {
                throw misfit(at, "must have " + says.min() + " to " + says.max() + " characters");
            }
            if (!says.pattern().isEmpty() && !Pattern.matches(says.pattern(), text)) {
                throw misfit(at, "must match " + says.pattern());
            }
        }
        return text;
    }

    private static String string(JsonNode node, String at) {
        if (!node.isString()) {
            throw misfit(at, "must be a string" + butIs(node));
        }
        return node.stringValue();
    }

    private static Object word(Class<?> vocabulary, JsonNode node, String at) {
        String text = string(node, at);
        for (Object word : vocabulary.getEnumConstants()) {
            if (((Word) word).text().equals(text)) {
                return word;
            }
        }
        throw misfit(
                at,
                "must be one of "
                        + Stream.of(vocabulary.getEnumConstants())
                                .map(word -> ((Word) word).text())
                                .collect(Collectors.joining(", ")));
    }

    private static AgentCommand command(JsonNode node, String at) {
        return AgentCommand.of(string(node, at))
                .orElseThrow(() -> new Misfit(AgentError.UNKNOWN_COMMAND, at, "there is no such command"));
    }

    private static Object number(Class<?> type, JsonNode node, String at) {
        if (!node.isIntegralNumber()) {
            throw misfit(at, "must be a whole number" + butIs(node));
        }
        boolean small = type == int.class;
        if (small ? !node.canConvertToInt() : !node.canConvertToLong()) {
            throw misfit(at, "is too large a number");
        }
        if (node.longValue() < 0) {
            throw misfit(at, "must not be negative");
        }
        return small ? (Object) node.intValue() : (Object) node.longValue();
    }

    private static Boolean flag(JsonNode node, String at) {
        if (!node.isBoolean()) {
            throw misfit(at, "must be true or false" + butIs(node));
        }
        return node.booleanValue();
    }

    private static Instant time(JsonNode node, String at) {
        try {
            return Instant.parse(string(node, at));
        } catch (DateTimeException noTime) {
            throw misfit(at, "must be a time in UTC such as 2026-11-22T10:15:30.123Z");
        }
    }

    private static LocalDateTime localTime(JsonNode node, String at) {
        try {
            return LocalDateTime.parse(string(node, at));
        } catch (DateTimeException noTime) {
            throw misfit(at, "must be a date and time without a zone such as 2026-11-22T10:15");
        }
    }

    private List<Object> list(Form form, @Nullable Described says, JsonNode node, String at) {
        if (!node.isArray()) {
            throw misfit(at, "must be a list" + butIs(node));
        }
        checkItems(says, node, at);
        Form element = Objects.requireNonNull(form.element());
        List<Object> values = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            String place = at + "/" + i;
            JsonNode item = node.get(i);
            if (item.isNull()) {
                throw misfit(place, "must not be null");
            }
            values.add(value(element, says, item, place));
        }
        return values;
    }

    private static Map<String, String> map(@Nullable Described says, JsonNode node, String at) {
        if (!node.isObject()) {
            throw misfit(at, "must be an object" + butIs(node));
        }
        checkItems(says, node, at);
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            values.put(entry.getKey(), text(says, entry.getValue(), at + "/" + pointer(entry.getKey())));
        }
        return values;
    }

    private static void checkItems(@Nullable Described says, JsonNode node, String at) {
        if (says != null && (node.size() < says.minItems() || node.size() > says.maxItems())) {
            throw misfit(at, "must have " + says.minItems() + " to " + says.maxItems() + " elements");
        }
    }

    private static String pointer(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return escaped.length() > MAX_POINTER ? escaped.substring(0, MAX_POINTER) : escaped;
    }

    private static Misfit misfit(String at, String text) {
        return new Misfit(AgentError.WRONG_ARGUMENT, at, text);
    }

    private static String butIs(JsonNode node) {
        return ", is " + node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
