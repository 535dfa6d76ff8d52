package io.callisto.event.contract;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables of {@code docs/reference/events.md}; the words between them are written by hand. */
final class EventsDocument {
    private static final Pattern BLOCK =
            Pattern.compile("(<!-- begin ([A-Za-z]+), generated -->\n).*?(<!-- end -->)", Pattern.DOTALL);

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Map<String, String> blocks = new TreeMap<>();

    EventsDocument() {
        blocks.put("topics", topics());
        blocks.put("headers", headers());
        for (EventType type : EventType.values()) {
            blocks.put(type.name(), fields(type));
        }
    }

    /** The document with its tables made anew. */
    String renewed(String document) {
        Set<String> missing = new HashSet<>(blocks.keySet());
        Matcher block = BLOCK.matcher(document);
        StringBuilder renewed = new StringBuilder();
        while (block.find()) {
            String name = block.group(2);
            String text = blocks.get(name);
            if (text == null || !missing.remove(name)) {
                throw new IllegalStateException("the document has a block too many: " + name);
            }
            block.appendReplacement(renewed, Matcher.quoteReplacement(block.group(1) + text + block.group(3)));
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the document has no block for " + missing);
        }
        return block.appendTail(renewed).toString();
    }

    private static String topics() {
        StringBuilder table = new StringBuilder("""
                | Event | Topic | Other organisations | POM 3.1.3's name | Key | `seq` counts per |
                | --- | --- | --- | --- | --- | --- |
                """);
        for (EventType type : EventType.values()) {
            table.append("| ").append(type);
            cell(table, TopicNaming.POM_4.topic(type, 0));
            cell(table, TopicNaming.POM_4.topic(type, 7));
            cell(table, TopicNaming.POM_3.topic(type, 0));
            cell(table, DescribedHeader.key(type));
            cell(table, DescribedHeader.subject(type));
            table.append(" |\n");
        }
        return table.toString();
    }

    private static void cell(StringBuilder table, String text) {
        table.append(" | `").append(text).append('`');
    }

    private static String headers() {
        StringBuilder table = new StringBuilder("| Header | Value | Meaning |\n| --- | --- | --- |\n");
        for (DescribedHeader header : DescribedHeader.of(EventType.JOB)) {
            String always = header.always();
            table.append("| `").append(header.name()).append("` | ");
            if (always != null) {
                table.append('`').append(always).append('`');
            }
            table.append(" | ").append(header.meaning()).append(" |\n");
        }
        return table.toString();
    }

    private String fields(EventType type) {
        JsonNode schema = mapper.readTree(EventSchema.text(type));
        StringBuilder table = new StringBuilder(schema.path("description").asString())
                .append("\n\nSchema `")
                .append(EventSchema.uri(type))
                .append("`, file [")
                .append(EventSchema.fileName(type))
                .append("](../../event-sdk/contract/src/main/resources/schemas/")
                .append(EventSchema.fileName(type))
                .append(").\n\n| Field | Type | | Meaning |\n| --- | --- | --- | --- |\n");
        fields(table, schema, "");
        return table.toString();
    }

    private static void fields(StringBuilder table, JsonNode schema, String prefix) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        for (Map.Entry<String, JsonNode> entry : schema.path("properties").properties()) {
            JsonNode field = entry.getValue();
            table.append("| `")
                    .append(prefix)
                    .append(entry.getKey())
                    .append("` | ")
                    .append(type(field))
                    .append(" | ")
                    .append(required.contains(entry.getKey()) ? "" : "optional")
                    .append(" | ")
                    .append(field.path("description").asString().replace("|", "\\|"))
                    .append(words(field))
                    .append(" |\n");
            fields(table, field, prefix + entry.getKey() + ".");
        }
    }

    private static String type(JsonNode field) {
        if (field.path("additionalProperties").isObject()) {
            return "map of " + field.path("additionalProperties").path("type").asString();
        }
        String format = field.path("format").asString("");
        return format.isEmpty() ? field.path("type").asString() : format;
    }

    private static String words(JsonNode field) {
        JsonNode closed = field.path("enum");
        JsonNode words = closed.isArray() ? closed : field.path("examples");
        if (!words.isArray()) {
            return "";
        }
        StringBuilder list = new StringBuilder(closed.isArray() ? " One of" : " Today:");
        words.forEach(word -> list.append(" `").append(word.asString()).append("`"));
        return list.append('.').toString();
    }
}
