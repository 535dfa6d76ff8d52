package io.callisto.event.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.validation.EventValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contract only grows. {@code schemas/released/} holds the schemas as the last release had them and {@code
 * golden/released/} events that it wrote; {@code -Dcallisto.contract.release=true} adds today's, which is a step of a
 * release and of nothing else.
 */
class EventCompatibilityTest {
    private static final Path MODULE = Path.of(System.getProperty("callisto.root", "../.."), "event-sdk", "contract");
    private static final Path SCHEMAS = MODULE.resolve("src/main/resources/schemas");
    private static final Path RELEASED = SCHEMAS.resolve("released");
    private static final Path GOLDEN = MODULE.resolve("src/test/resources/golden");
    private static final Path RELEASED_EVENTS = GOLDEN.resolve("released");

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final EventJson json = new EventJson();
    private final EventValidator validator = new EventValidator();

    @ParameterizedTest
    @EnumSource(EventType.class)
    @Requirement("EV-13")
    void a_schema_only_grows_after_its_release(EventType type) throws IOException {
        Path released = RELEASED.resolve(EventSchema.fileName(type));
        Path now = SCHEMAS.resolve(EventSchema.fileName(type));
        if (Boolean.getBoolean("callisto.contract.release")) {
            release(type, now, released);
        }

        assertThat(SchemaCompatibility.broken(
                        mapper.readTree(Files.readString(released)), mapper.readTree(Files.readString(now))))
                .as("what a reader of the released schema, or an event in the log, could not bear")
                .isEmpty();
    }

    private static void release(EventType type, Path now, Path released) throws IOException {
        Files.createDirectories(RELEASED);
        Files.createDirectories(RELEASED_EVENTS);
        Files.writeString(released, Files.readString(now));
        for (String suffix : List.of("", "-least")) {
            String name = EventSchema.fileName(type).replace(".json", suffix + ".json");
            Path kept = RELEASED_EVENTS.resolve(name);
            String event = Files.readString(GOLDEN.resolve(name));
            String before = Files.exists(kept) ? Files.readString(kept) : "";
            if (!before.contains(event.strip())) {
                Files.writeString(kept, before + event.strip() + "\n");
            }
        }
    }

    @Test
    void nothing_that_was_released_is_gone() throws IOException {
        try (Stream<Path> released = Files.list(RELEASED)) {
            assertThat(released)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(
                                    SCHEMAS.resolve(file.getFileName().toString()))
                            .as("a schema of a former version stays, for the events that the log still holds")
                            .exists());
        }
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void events_that_a_release_wrote_are_still_read(EventType type) throws IOException {
        List<String> events = releasedEvents(type);

        assertThat(events).isNotEmpty().allSatisfy(event -> {
            JsonNode written = mapper.readTree(event);
            CallistoEvent read = json.read(type, event);
            assertThat(read.eventId().toString())
                    .isEqualTo(written.path("eventId").asString());
            assertThat(mapper.readTree(json.write(read)))
                    .as("nothing of it is lost")
                    .isEqualTo(written);
            assertThat(validator.schemaProblems(type, event)).isEmpty();
        });
    }

    private static List<String> releasedEvents(EventType type) throws IOException {
        try (Stream<Path> files = Files.list(RELEASED_EVENTS)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .startsWith(EventSchema.fileName(type).replace(".json", "")))
                    .sorted()
                    .flatMap(EventCompatibilityTest::lines)
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file, UTF_8).stream().filter(line -> !line.isBlank());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void events_of_a_later_version_are_read_by_todays_readers(EventType type) {
        for (CallistoEvent event : List.of(Samples.full(type), Samples.least(type))) {
            ObjectNode later = (ObjectNode) mapper.readTree(json.write(event));
            addFields(later);

            assertThat(json.read(type, later.toString())).isEqualTo(event);
            assertThat(validator.schemaProblems(type, later.toString()))
                    .as("the schema lets new fields pass too")
                    .isEmpty();
        }
    }

    /** A later version may add fields at any level, of any kind. */
    private static void addFields(ObjectNode object) {
        List.copyOf(object.properties()).forEach(field -> {
            // "dispositions" is a map: its names are data, not fields.
            if (field.getValue().isObject() && !field.getKey().equals("dispositions")) {
                addFields((ObjectNode) field.getValue());
            }
        });
        object.put("laterText", "x").put("laterFlag", true).putNull("laterNull");
        object.putObject("laterObject").putArray("list").add(1).add(2.5);
    }

    @Test
    void a_reader_bears_a_word_that_it_does_not_know() {
        String later = json.write(Samples.attempt("RESERVED"))
                .replace("\"VOICE\"", "\"SMS\"")
                .replace("\"RESERVED\"", "\"PARKED\"");

        AttemptEvent event = json.read(AttemptEvent.class, later);
        assertThat(event.channel()).isEqualTo("SMS");
        assertThat(event.phase()).as("even in a closed vocabulary").isEqualTo("PARKED");
    }

    /** Changes of a schema, each with what the check must say. */
    static List<Change> changes() {
        return List.of(
                new Change("/campaignName: the field is gone", s -> fields(s).remove("campaignName")),
                new Change(
                        "/seq: type was \"integer\", is \"number\"",
                        s -> field(s, "seq").put("type", "number")),
                new Change(
                        "/seq: type was \"integer\", is \"string\"",
                        s -> field(s, "seq").put("type", "string")),
                new Change("/seq: minimum was 1, is 0", s -> field(s, "seq").put("minimum", 0)),
                new Change(
                        "/seq: a new constraint, maximum", s -> field(s, "seq").put("maximum", 1_000)),
                new Change(
                        "/at: the constraint pattern is gone",
                        s -> field(s, "at").remove("pattern")),
                new Change("/reason: is required now", s -> list(s, "required").add("reason")),
                new Change(
                        "/epoch: was required",
                        s -> list(s, "required").remove(list(s, "required").size() - 1)),
                new Change(
                        "/newState: a new value, \"ABANDONED\"",
                        s -> list(field(s, "newState"), "enum").add("ABANDONED")),
                new Change(
                        "/newState: the value \"QUEUED\" is gone",
                        s -> list(field(s, "newState"), "enum").remove(0)),
                new Change(": a new constraint, additionalProperties", s -> s.put("additionalProperties", false)),
                new Change(": $id was", s -> s.put("$id", "urn:other")),
                new Change("/later: is required now", s -> {
                    fields(s).putObject("later").put("type", "string");
                    list(s, "required").add("later");
                }));
    }

    record Change(String said, Consumer<ObjectNode> change) {
        @Override
        public String toString() {
            return said;
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_change_that_breaks_a_reader_is_refused(Change change) {
        ObjectNode changed = (ObjectNode) mapper.readTree(EventSchema.text(EventType.JOB));
        change.change().accept(changed);

        assertThat(SchemaCompatibility.broken(mapper.readTree(EventSchema.text(EventType.JOB)), changed))
                .hasSize(1)
                .first()
                .asString()
                .startsWith(change.said());
    }

    @Test
    void nested_fields_and_conditions_are_looked_at_too() {
        JsonNode statistics = mapper.readTree(EventSchema.text(EventType.JOBSTATISTICS));
        ObjectNode changed = (ObjectNode) statistics.deepCopy();
        fields(field(changed, "contacts")).remove("failed");
        assertThat(SchemaCompatibility.broken(statistics, changed))
                .containsExactly("/contacts/failed: the field is gone");

        JsonNode attempt = mapper.readTree(EventSchema.text(EventType.ATTEMPT));
        ObjectNode without = (ObjectNode) attempt.deepCopy();
        without.remove("if");
        assertThat(SchemaCompatibility.broken(attempt, without)).containsExactly(": the constraint if is gone");
        ObjectNode wider = (ObjectNode) attempt.deepCopy();
        ((ObjectNode) wider.at("/if/properties/phase")).put("const", "ANSWERED");
        assertThat(SchemaCompatibility.broken(attempt, wider)).hasSize(1);
    }

    @Test
    void what_only_grows_is_let_pass() {
        JsonNode attempt = mapper.readTree(EventSchema.text(EventType.ATTEMPT));
        ObjectNode grown = (ObjectNode) attempt.deepCopy();
        fields(grown).putObject("later").put("type", "string").put("description", "Something new.");
        list(field(grown, "channel"), "examples").add("SMS");
        field(grown, "phase").put("description", "Said better.");
        assertThat(SchemaCompatibility.broken(attempt, grown)).isEmpty();

        list(field(grown, "channel"), "examples").remove(0);
        assertThat(SchemaCompatibility.broken(attempt, grown)).containsExactly("/channel: the word \"VOICE\" is gone");
    }

    private static ObjectNode fields(ObjectNode schema) {
        return (ObjectNode) schema.get("properties");
    }

    private static ObjectNode field(ObjectNode schema, String name) {
        return (ObjectNode) fields(schema).get(name);
    }

    private static ArrayNode list(ObjectNode node, String name) {
        return (ArrayNode) node.get(name);
    }
}
