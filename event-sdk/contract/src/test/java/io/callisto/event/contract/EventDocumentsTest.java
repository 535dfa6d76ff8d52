package io.callisto.event.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.apicurio.datamodels.Library;
import io.apicurio.datamodels.models.ModelType;
import io.callisto.domain.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Keeps docs/reference/asyncapi.yaml and the tables of docs/reference/events.md what the contract is; {@code
 * -Dcallisto.docs.update=true} rewrites them.
 */
class EventDocumentsTest {
    private static final Path DOCS = Path.of(System.getProperty("callisto.root", "../.."), "docs", "reference");
    private static final Path ASYNC_API = DOCS.resolve("asyncapi.yaml");
    private static final Path EVENTS = DOCS.resolve("events.md");

    private final JsonMapper json = JsonMapper.builder().build();
    private final YAMLMapper yaml = YAMLMapper.builder().build();

    @Test
    @Requirement("EV-13")
    void the_asyncapi_document_is_what_the_contract_says() throws IOException {
        String wanted = new AsyncApiDocument().yaml();
        if (Boolean.getBoolean("callisto.docs.update")) {
            Files.writeString(ASYNC_API, wanted);
        }

        assertThat(ASYNC_API).hasContent(wanted);
        assertThat(yaml.readTree(wanted))
                .isEqualTo(json.readTree(new AsyncApiDocument().tree().toString()));
    }

    @Test
    void the_jar_carries_the_asyncapi_document() throws IOException {
        try (InputStream in = EventSchema.class.getResourceAsStream("/asyncapi.yaml")) {
            String carried =
                    new String(Objects.requireNonNull(in, "asyncapi.yaml").readAllBytes(), UTF_8);
            assertThat(yaml.readTree(carried).path("asyncapi").asString()).isEqualTo("3.0.0");
        }
    }

    @Test
    void the_tables_of_the_reference_are_what_the_schemas_say() throws IOException {
        String found = Files.readString(EVENTS);
        String wanted = new EventsDocument().renewed(found);
        if (Boolean.getBoolean("callisto.docs.update")) {
            Files.writeString(EVENTS, wanted);
        }

        assertThat(EVENTS).hasContent(wanted);
    }

    @Test
    void a_reader_of_asyncapi_that_is_not_ours_finds_nothing_wrong() {
        assertThat(problems(new AsyncApiDocument().tree())).isEmpty();
    }

    /** Breaks a reader that is worth asking must see. */
    static List<Consumer<ObjectNode>> breaks() {
        return List.of(
                document -> at(document, "/operations/sendJOB").put("action", "shout"),
                document -> at(document, "/operations/sendJOB").remove("action"),
                document -> at(document, "/operations/sendJOB/channel").put("$ref", "#/channels/NONE"),
                document -> at(document, "/channels/JOB/messages/JOB").put("$ref", "#/components/messages/NONE"),
                document -> at(document, "/servers/tls").remove("host"));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void and_it_would_find_something(Consumer<ObjectNode> change) {
        ObjectNode document = new AsyncApiDocument().tree();
        change.accept(document);

        assertThat(problems(document)).isNotEmpty();
    }

    private static ObjectNode at(ObjectNode document, String pointer) {
        return (ObjectNode) document.at(pointer);
    }

    @Test
    void the_document_has_what_asyncapi_requires_and_nothing_that_it_does_not_know() {
        ObjectNode document = new AsyncApiDocument().tree();

        assertThat(document.propertyNames())
                .isSubsetOf(
                        "asyncapi",
                        "id",
                        "info",
                        "defaultContentType",
                        "servers",
                        "channels",
                        "operations",
                        "components");
        assertThat(document.at("/info/title").asString("")).isNotEmpty();
        assertThat(document.at("/info/version").asString("")).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
        for (EventType type : EventType.values()) {
            assertThat(document.at("/channels/" + type).propertyNames())
                    .containsExactly("address", "title", "description", "messages", "parameters", "bindings");
            assertThat(document.at("/operations/send" + type).propertyNames())
                    .containsExactly("action", "summary", "channel", "messages");
            assertThat(document.at("/components/messages/" + type).propertyNames())
                    .containsExactly("name", "title", "contentType", "headers", "payload", "bindings", "examples");
        }
        assertThat(document.at("/components").propertyNames())
                .containsExactly("messages", "schemas", "parameters", "securitySchemes");
    }

    private static List<String> problems(ObjectNode document) {
        var model = Library.readDocumentFromJSONString(document.toString());
        assertThat(model.root().modelType()).isEqualTo(ModelType.ASYNCAPI30);
        return Library.validate(model, null).stream()
                .map(problem -> problem.errorCode + " " + problem.nodePath + " " + problem.message)
                .toList();
    }

    @Test
    void every_reference_leads_somewhere() {
        ObjectNode document = new AsyncApiDocument().tree();
        List<String> references = new ArrayList<>();
        document.findValues("$ref").forEach(reference -> references.add(reference.asString()));

        assertThat(references).hasSizeGreaterThan(30).allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    /** Every event type has its channel with topic and parameter, its operation, its message with key and headers. */
    @ParameterizedTest
    @EnumSource(EventType.class)
    @Requirement("EV-1")
    void a_type_is_described_from_topic_to_example(EventType type) {
        JsonNode document = new AsyncApiDocument().tree();
        JsonNode channel = document.at("/channels/" + type);
        JsonNode message = document.at("/components/messages/" + type);

        assertThat(channel.path("address").asString().replace("{organisation}", "Default"))
                .isEqualTo(TopicNaming.POM_4.topic(type, 0));
        assertThat(channel.path("description").asString()).contains(TopicNaming.POM_3.topic(type, 0));
        assertThat(channel.at("/bindings/kafka/partitions").asInt()).isEqualTo(1);
        assertThat(document.at("/operations/send" + type + "/channel/$ref").asString())
                .isEqualTo("#/channels/" + type);
        assertThat(message.at("/bindings/kafka/key/description").asString()).contains(DescribedHeader.key(type));
        assertThat(message.at("/headers/properties/ce_dataschema/const").asString())
                .isEqualTo(EventSchema.uri(type));
        assertThat(message.at("/examples/0/payload")
                        .path(DescribedHeader.key(type))
                        .asString())
                .isEqualTo(Samples.full(type).key());
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(document.at("/components/schemas/" + type).toString())
                        .validate(message.at("/examples/0/payload").toString(), InputFormat.JSON))
                .as("the schema also means the same in the draft that AsyncAPI is based on")
                .isEmpty();
    }
}
