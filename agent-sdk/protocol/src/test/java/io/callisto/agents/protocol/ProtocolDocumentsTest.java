package io.callisto.agents.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.apicurio.datamodels.Library;
import io.apicurio.datamodels.models.ModelType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Keeps docs/reference/agent-protocol.asyncapi.yaml, the tables of docs/reference/agent-protocol.md and the types of
 * the JavaScript SDK what the protocol is; {@code -Dcallisto.docs.update=true} rewrites them.
 */
class ProtocolDocumentsTest {
    private static final Path ROOT = Path.of(System.getProperty("callisto.root", "../.."));
    private static final Path ASYNC_API = ROOT.resolve("docs/reference/agent-protocol.asyncapi.yaml");
    private static final Path PAGE = ROOT.resolve("docs/reference/agent-protocol.md");
    private static final Path TYPES = ROOT.resolve("agent-sdk/js/callisto-agent.d.ts");
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- (client|server|refused) -->\n *```json\n(.*?)\n *```", Pattern.DOTALL);

    private final JsonMapper json = JsonMapper.builder().build();
    private final YAMLMapper yaml = YAMLMapper.builder().build();
    private final FrameJson frames = new FrameJson();

    private static void assertKept(Path file, String wanted) throws IOException {
        if (Boolean.getBoolean("callisto.docs.update")) {
            Files.writeString(file, wanted);
        }
        assertThat(file).hasContent(wanted);
    }

    @Test
    void the_asyncapi_document_is_what_the_protocol_says() throws IOException {
        String wanted = new AsyncApi().yaml();

        assertKept(ASYNC_API, wanted);
        assertThat(yaml.readTree(wanted))
                .isEqualTo(json.readTree(new AsyncApi().tree().toString()));
    }

    @Test
    void the_tables_of_the_page_are_what_the_protocol_says() throws IOException {
        assertKept(PAGE, Blocks.renewed(Files.readString(PAGE), Blocks.MARKDOWN, new Tables().blocks()));
    }

    @Test
    void the_types_of_the_javascript_sdk_are_what_the_protocol_says() throws IOException {
        assertKept(TYPES, Blocks.renewed(Files.readString(TYPES), Blocks.CODE, new TypeDeclarations().blocks()));
    }

    @Test
    void the_jar_carries_the_asyncapi_document() throws IOException {
        try (InputStream in = FrameJson.class.getResourceAsStream("/agent-protocol.asyncapi.yaml")) {
            String carried = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
            assertThat(yaml.readTree(carried).path("asyncapi").asString()).isEqualTo("3.0.0");
        }
    }

    @Test
    void the_examples_of_the_page_are_frames() throws IOException {
        List<MatchResult> examples =
                EXAMPLE.matcher(Files.readString(PAGE)).results().toList();

        assertThat(examples).hasSizeGreaterThan(10);
        Set<String> seen = new HashSet<>();
        for (MatchResult example : examples) {
            String text = example.group(2);
            switch (example.group(1)) {
                case "client" -> seen.add(frames.readClient(text).frame().type());
                case "server" -> seen.add(frames.readServer(text).frame().type());
                default -> assertThat(frames.readClient(text).isFrame()).isFalse();
            }
        }
        assertThat(seen)
                .as("every frame has an example")
                .contains("hello", "command", "ack", "pong", "status")
                .contains("welcome", "result", "notify", "snapshot", "ping", "bye");
    }

    @Test
    void a_reader_of_asyncapi_that_is_not_ours_finds_nothing_wrong() {
        assertThat(problems(new AsyncApi().tree())).isEmpty();
    }

    /** Breaks a reader that is worth asking must see. */
    static List<Consumer<ObjectNode>> breaks() {
        return List.of(
                document -> at(document, "/operations/sendPing").put("action", "shout"),
                document -> at(document, "/operations/receiveAGTLogon/channel").put("$ref", "#/channels/NONE"),
                document -> at(document, "/channels/agent/messages/hello").put("$ref", "#/components/messages/NONE"),
                document -> at(document, "/servers/server").remove("host"));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void and_it_would_find_something(Consumer<ObjectNode> change) {
        ObjectNode document = new AsyncApi().tree();
        change.accept(document);

        assertThat(problems(document)).isNotEmpty();
    }

    private static ObjectNode at(ObjectNode document, String pointer) {
        return (ObjectNode) document.at(pointer);
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
        ObjectNode document = new AsyncApi().tree();
        List<String> references = new ArrayList<>();
        document.findValues("$ref").forEach(reference -> references.add(reference.asString()));

        assertThat(references)
                .hasSizeGreaterThan(300)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void what_is_written_is_valid_by_the_schemas_and_what_is_broken_is_not() {
        JsonNode document = new AsyncApi().tree();
        Map<String, Frame> samples = new TreeMap<>();
        for (boolean full : new boolean[] {true, false}) {
            for (ClientFrame.Kind kind : ClientFrame.Kind.values()) {
                samples.put(kind.text(), Samples.frame(kind, full));
            }
            for (ServerFrame.Kind kind : ServerFrame.Kind.values()) {
                samples.put(kind.text(), Samples.frame(kind, full));
            }
            for (AgentCommand command : AgentCommand.values()) {
                samples.put(command.text(), Samples.command(command, full));
                samples.put(command.text() + "RESP", Samples.result(command, full));
            }
            for (AgentNotification notification : AgentNotification.values()) {
                samples.put(notification.text(), Samples.notification(notification, full));
            }
            samples.keySet().removeAll(Set.of("command", "result", "notify"));
            samples.forEach((name, frame) -> assertValid(document.at("/components/schemas/" + name), name, frame));
        }
        assertThat(document.at("/components/schemas").size()).isEqualTo(samples.size());
    }

    private void assertValid(JsonNode schemaText, String name, Frame frame) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schemaText.toString());
        String text = frames.write(frame);
        assertThat(schema.validate(text, InputFormat.JSON)).as(name).isEmpty();
        ObjectNode broken = (ObjectNode) json.readTree(text);
        broken.put("type", "other");
        assertThat(schema.validate(broken.toString(), InputFormat.JSON))
                .as(name)
                .isNotEmpty();
    }

    @Test
    void every_field_is_described_in_a_sentence() {
        JsonNode document = new AsyncApi().tree();
        List<String> descriptions = new ArrayList<>();
        document.at("/components/schemas").findValues("description").forEach(text -> descriptions.add(text.asString()));

        assertThat(descriptions)
                .hasSizeGreaterThan(200)
                .allSatisfy(text -> assertThat(text).matches("[A-Z0-9].{2,}\\."));
    }
}
