package io.callisto.event.contract.validation;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventSchema;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.TopicNaming;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds every record of a log against the contract, as strictly as only the writer of the same version may: topic, key,
 * headers, the value by its schema and byte for byte in our form, no word that is not documented, each event id once,
 * and the sequence of every subject from 1 without gap or repeat. Give it all records of a topic, from the first one,
 * in the order of their partitions. Remembers subjects and ids for as long as it lives. Not thread-safe.
 */
public final class EventValidator {
    private final EventJson json = new EventJson();
    private final Map<EventType, Schema> schemas = new EnumMap<>(EventType.class);
    private final Map<EventType, Map<String, Set<String>>> vocabularies = new EnumMap<>(EventType.class);
    private final Map<String, TopicMemory> memory = new HashMap<>();

    /** What was seen of a topic. */
    private record TopicMemory(Map<String, Integer> lastSeq, Set<UUID> ids) {}

    public EventValidator() {
        JsonMapper mapper = JsonMapper.builder().build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (EventType type : EventType.values()) {
            String text = EventSchema.text(type);
            schemas.put(type, registry.getSchema(text));
            vocabularies.put(type, openVocabularies(mapper.readTree(text)));
        }
    }

    /** The words that today's writers use in fields whose schema lets others pass. */
    private static Map<String, Set<String>> openVocabularies(JsonNode schema) {
        Map<String, Set<String>> words = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            JsonNode examples = field.getValue().path("examples");
            if (examples.isArray()) {
                Set<String> known = new HashSet<>();
                examples.forEach(example -> known.add(example.asString()));
                words.put(field.getKey(), known);
            }
        }
        return words;
    }

    /**
     * What is wrong with the next record of its topic; empty where nothing is. The problems name places and rules,
     * never the value of a field that may be personal.
     */
    public List<String> check(LogEntry entry) {
        List<String> problems = new ArrayList<>();
        EventType type = type(entry.headers().get(EventHeaders.TYPE));
        if (type == null) {
            problems.add("header " + EventHeaders.TYPE + " names no type of events");
            return named(entry, problems);
        }
        String value = entry.value();
        if (value == null) {
            problems.add("the record has no value");
            return named(entry, problems);
        }
        problems.addAll(schemaProblems(type, value));
        CallistoEvent event = read(type, value, problems);
        if (event != null) {
            checkPlace(entry, event, problems);
            checkHeaders(entry, event, problems);
            checkHistory(entry, event, problems);
        }
        return named(entry, problems);
    }

    /**
     * Takes note of a record that was checked before, so that what follows it can be: cheap, for it reads the headers
     * only, and believes them.
     */
    public void skip(LogEntry entry) {
        String subject = entry.headers().get(EventHeaders.SUBJECT);
        String seq = entry.headers().get(EventHeaders.SEQ);
        if (subject != null && seq != null) {
            seen(entry.topic()).lastSeq().put(subject, Integer.valueOf(seq));
        }
    }

    /** What is wrong with a value by its schema and its vocabularies alone. */
    public List<String> schemaProblems(EventType type, String value) {
        List<String> problems = new ArrayList<>();
        JsonNode tree;
        try {
            tree = JsonMapper.shared().readTree(value);
        } catch (JacksonException notJson) {
            problems.add("the value is no JSON");
            return problems;
        }
        for (Error error : Objects.requireNonNull(schemas.get(type))
                .validate(tree, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))) {
            problems.add(error.getInstanceLocation() + " breaks " + error.getKeyword() + " of the schema at "
                    + error.getSchemaLocation());
        }
        Objects.requireNonNull(vocabularies.get(type)).forEach((field, words) -> {
            JsonNode word = tree.path(field);
            if (word.isString() && !words.contains(word.asString())) {
                problems.add("field " + field + " says '" + word.asString() + "', which its schema does not list");
            }
        });
        return problems;
    }

    private static @Nullable EventType type(@Nullable String header) {
        for (EventType type : EventType.values()) {
            if (EventHeaders.type(type).equals(header)) {
                return type;
            }
        }
        return null;
    }

    private @Nullable CallistoEvent read(EventType type, String value, List<String> problems) {
        try {
            CallistoEvent event = json.read(type, value);
            if (!json.write(event).equals(value)) {
                problems.add("the value is not what this version writes: unknown fields, other order, other form");
            }
            return event;
        } catch (JacksonException unreadable) {
            problems.add("the value cannot be read as " + type);
            return null;
        }
    }

    private static void checkPlace(LogEntry entry, CallistoEvent event, List<String> problems) {
        EventType type = event.eventType();
        boolean known = false;
        for (TopicNaming naming : TopicNaming.values()) {
            known |= naming.topic(type, event.organisationId()).equals(entry.topic());
        }
        if (!known) {
            problems.add("a " + type + " event of organisation " + event.organisationId() + " does not belong there");
        }
        expect("the key", event.key(), entry.key(), problems);
    }

    private static void checkHeaders(LogEntry entry, CallistoEvent event, List<String> problems) {
        Map<String, String> expected = Map.of(
                EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_1,
                EventHeaders.ID, event.eventId().toString(),
                EventHeaders.SOURCE, EventHeaders.source(event.organisationId()),
                EventHeaders.SUBJECT, event.subject(),
                EventHeaders.CONTENT_TYPE, EventHeaders.JSON,
                EventHeaders.DATA_SCHEMA, EventSchema.uri(event.eventType()),
                EventHeaders.SEQ, Integer.toString(event.seq()),
                EventHeaders.EPOCH, Long.toString(event.epoch()));
        expected.forEach(
                (name, value) -> expect("header " + name, value, entry.headers().get(name), problems));
        String time = entry.headers().get(EventHeaders.TIME);
        try {
            if (time == null || !Instant.parse(time).equals(event.at())) {
                problems.add("header " + EventHeaders.TIME + " is " + time + " and field at is " + event.at());
            }
        } catch (DateTimeException noTime) {
            problems.add("header " + EventHeaders.TIME + " is no time: " + time);
        }
    }

    private void checkHistory(LogEntry entry, CallistoEvent event, List<String> problems) {
        TopicMemory seen = seen(entry.topic());
        if (!seen.ids().add(event.eventId())) {
            problems.add("event id " + event.eventId() + " is in the topic twice");
        }
        Integer before = seen.lastSeq().put(event.subject(), event.seq());
        int last = before == null ? 0 : before;
        if (event.seq() != last + 1) {
            problems.add("event " + event.seq() + " of " + event.subject() + " follows event " + last);
        }
    }

    private TopicMemory seen(String topic) {
        return memory.computeIfAbsent(topic, name -> new TopicMemory(new HashMap<>(), new HashSet<>()));
    }

    private static void expect(String what, String expected, @Nullable String found, List<String> problems) {
        if (!expected.equals(found)) {
            problems.add(what + " is " + found + ", not " + expected);
        }
    }

    private static List<String> named(LogEntry entry, List<String> problems) {
        String id = entry.headers().getOrDefault(EventHeaders.ID, "without id");
        return problems.stream()
                .map(problem -> entry.topic() + " " + id + ": " + problem)
                .toList();
    }
}
