package io.callisto.server.cli.events;

import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event as a line. Text is for eyes: time, type, what happened, the rest; numbers called show their last digits. */
final class EventLines {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final Set<String> ELSEWHERE =
            Set.of("eventId", "seq", "at", "organisationId", "epoch", "zoneId", "campaignId", "channel");
    private static final int DIGITS_SHOWN = 4;

    private final EventJson json = new EventJson();
    private final JsonMapper mapper = new JsonMapper();
    private final boolean asJson;
    private final boolean withOrganisation;
    private final Map<String, String> filters;
    private final int typeWidth;

    /**
     * @param types that may come, which makes the width of their column
     * @param withOrganisation whether to say whose event it is
     * @param filters values that fields must have, by path
     */
    EventLines(boolean asJson, Collection<EventType> types, boolean withOrganisation, Map<String, String> filters) {
        this.asJson = asJson;
        this.withOrganisation = withOrganisation;
        this.filters = Map.copyOf(filters);
        this.typeWidth =
                types.stream().mapToInt(type -> type.name().length()).max().orElse(0);
    }

    /** The line; empty where a filter does not hold. */
    Optional<String> line(CallistoEvent event) {
        String text = json.write(event);
        Map<String, String> fields = new LinkedHashMap<>();
        flatten("", mapper.readTree(text), fields);
        boolean wanted =
                filters.entrySet().stream().allMatch(filter -> filter.getValue().equals(fields.get(filter.getKey())));
        if (!wanted) {
            return Optional.empty();
        }
        return Optional.of(asJson ? withType(event.eventType(), text) : text(event, fields));
    }

    /** The value as it is in the log, and before it the type, which a reader of several topics cannot know. */
    private static String withType(EventType type, String text) {
        return "{\"eventType\":\"" + type + "\"," + text.substring(1);
    }

    private String text(CallistoEvent event, Map<String, String> fields) {
        StringBuilder line = new StringBuilder(TIME.format(event.at()))
                .append("  ")
                .append(pad(event.eventType().name(), typeWidth))
                .append("  ");
        if (withOrganisation) {
            line.append(pad("org " + event.organisationId(), 7)).append("  ");
        }
        String headline = headline(event.eventType());
        line.append(pad(fields.getOrDefault(headline, "-"), 16));
        fields.forEach((name, value) -> {
            if (!name.equals(headline) && !ELSEWHERE.contains(name)) {
                line.append("  ")
                        .append(name)
                        .append('=')
                        .append(name.equals("address") ? masked(value) : quoted(value));
            }
        });
        return line.toString().stripTrailing();
    }

    private static String headline(EventType type) {
        return switch (type) {
            case JOB -> "newState";
            case JOBSTATISTICS -> "state";
            case AGENT -> "agentState";
            case AGENTSTATISTICS -> "agentId";
            case ATTEMPT -> "phase";
            case ENRICHEDATTEMPTRESULT -> "completionCode";
        };
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), into));
        } else if (node.isString()) {
            into.put(path, node.stringValue());
        } else {
            into.put(path, node.toString());
        }
    }

    private static String masked(String number) {
        int hidden = Math.max(0, number.length() - DIGITS_SHOWN);
        return "*".repeat(hidden) + number.substring(hidden);
    }

    private static String quoted(String value) {
        return value.chars().anyMatch(c -> c <= ' ' || c == '"')
                ? "\"" + value.replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + "\""
                : value;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
