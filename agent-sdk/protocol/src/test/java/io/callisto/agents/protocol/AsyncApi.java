package io.callisto.agents.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Makes the AsyncAPI 3 document out of the catalogue. The application that it describes is the server. */
final class AsyncApi {
    private static final String HEAD = """
            # Generated from the agent protocol; do not edit. Rewrite with
            # ./mvnw -pl agent-sdk/protocol -am verify -Dcallisto.docs.update=true
            """;
    private static final String CHANNEL = "agent";

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final FrameJson json = new FrameJson();
    private final Schemas schemas = new Schemas();
    private ObjectNode channelMessages = mapper.createObjectNode();
    private ObjectNode operations = mapper.createObjectNode();
    private ObjectNode messages = mapper.createObjectNode();
    private ObjectNode payloads = mapper.createObjectNode();

    String yaml() {
        YAMLMapper yaml = YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .disable(YAMLWriteFeature.SPLIT_LINES)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
                .build();
        return HEAD + yaml.writeValueAsString(tree());
    }

    ObjectNode tree() {
        channelMessages = mapper.createObjectNode();
        operations = mapper.createObjectNode();
        messages = mapper.createObjectNode();
        payloads = mapper.createObjectNode();
        ObjectNode document = mapper.createObjectNode();
        document.put("asyncapi", "3.0.0");
        document.put("id", "urn:callisto:agent-protocol");
        ObjectNode info = document.putObject("info");
        info.put("title", "Callisto agent protocol");
        info.put("version", "1.0.0");
        info.put(
                "description",
                "Between an agent's desktop and any agent-sdk service: JSON texts over a WebSocket, sub-protocol "
                        + AgentProtocol.SUB_PROTOCOL + ". The rules of ids, attach numbers, positions and heartbeats"
                        + " are in agent-protocol.md. Fields may be added; a reader passes over those that it does"
                        + " not know.");
        info.putObject("license").put("name", "Apache-2.0").put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        document.put("defaultContentType", "application/json");
        ObjectNode server = document.putObject("servers").putObject("server");
        server.put("host", "s1.example.com");
        server.put("protocol", "wss");
        server.put("description", "Any server of the cluster; welcome and AgentSDKConnectedRESP list them all.");
        ObjectNode channel = document.putObject("channels").putObject(CHANNEL);
        channel.put("address", AgentProtocol.PATH);
        channel.put("title", "One desktop");
        channel.put(
                "description",
                "A WebSocket; both sides send frames of at most "
                        + AgentProtocol.MAX_FRAME_BYTES / 1024 + " KiB (desktop) and "
                        + AgentProtocol.MAX_SERVER_FRAME_BYTES / 1024 + " KiB (server).");
        frames();
        commands();
        notifications();
        channel.set("messages", channelMessages);
        channel.putObject("bindings").putObject("ws").put("method", "GET").put("bindingVersion", "0.1.0");
        document.set("operations", operations);
        ObjectNode components = document.putObject("components");
        components.set("messages", messages);
        components.set("schemas", payloads);
        return document;
    }

    private void frames() {
        for (ClientFrame.Kind kind : ClientFrame.Kind.values()) {
            if (kind != ClientFrame.Kind.COMMAND) {
                Shape shape = Shape.of(kind.record());
                message(kind.text(), kind.meaning(), schemas.frame(kind.text(), shape, null, null), kind.text());
                example(kind.text(), Samples.frame(kind, true));
                operation("receive", kind.text(), kind.meaning(), kind.text(), null);
            }
        }
        for (ServerFrame.Kind kind : ServerFrame.Kind.values()) {
            if (kind != ServerFrame.Kind.RESULT && kind != ServerFrame.Kind.NOTIFY) {
                Shape shape = Shape.of(kind.record());
                message(kind.text(), kind.meaning(), schemas.frame(kind.text(), shape, null, null), kind.text());
                example(kind.text(), Samples.frame(kind, true));
                operation("send", kind.text(), kind.meaning(), kind.text(), null);
            }
        }
    }

    private void commands() {
        for (AgentCommand command : AgentCommand.values()) {
            String name = command.text();
            Shape args = Shape.of(command.args());
            message(
                    name,
                    command.meaning(),
                    schemas.frame("command", Shape.of(ClientFrame.Command.class), name, args),
                    name);
            example(name, Samples.command(command, true));
            String result = name + "RESP";
            message(
                    result,
                    "Result of " + name + "; with a code other than 0 it has no data.",
                    schemas.frame("result", Shape.of(ServerFrame.Result.class), name, Shape.of(command.result())),
                    result);
            // A refusal has no data, so the schema cannot ask for it.
            ((ObjectNode) payloads.get(result))
                    .set(
                            "required",
                            mapper.createArrayNode()
                                    .add("type")
                                    .add("id")
                                    .add("name")
                                    .add("code")
                                    .add("text"));
            example(result, Samples.result(command, true));
            operation("receive", name, command.meaning(), name, result);
        }
    }

    private void notifications() {
        for (AgentNotification notification : AgentNotification.values()) {
            String name = notification.text();
            Shape shape = Shape.of(ServerFrame.Notify.class);
            message(
                    name,
                    notification.meaning(),
                    schemas.frame("notify", shape, name, Shape.of(notification.data())),
                    name);
            example(name, Samples.notification(notification, true));
            operation("send", name, notification.meaning(), name, null);
        }
    }

    private void message(String key, String meaning, ObjectNode schema, String name) {
        if (messages.has(key)) {
            throw new IllegalStateException("two messages are called " + key);
        }
        payloads.set(key, schema);
        ObjectNode message = messages.putObject(key);
        message.put("name", name);
        message.put("title", name);
        message.put("summary", meaning);
        message.put("contentType", "application/json");
        message.putObject("payload").put("$ref", "#/components/schemas/" + key);
        channelMessages.putObject(key).put("$ref", "#/components/messages/" + key);
    }

    private void example(String key, Frame frame) {
        ((ObjectNode) messages.get(key))
                .putArray("examples")
                .addObject()
                .put("name", "everything")
                .set("payload", mapper.readTree(json.write(frame)));
    }

    private void operation(String action, String name, String meaning, String message, @Nullable String reply) {
        ObjectNode operation = operations.putObject(action + Character.toUpperCase(name.charAt(0)) + name.substring(1));
        operation.put("action", action);
        operation.put("summary", meaning);
        operation.putObject("channel").put("$ref", "#/channels/" + CHANNEL);
        operation.putArray("messages").addObject().put("$ref", "#/channels/" + CHANNEL + "/messages/" + message);
        if (reply != null) {
            ObjectNode answer = operation.putObject("reply");
            answer.putObject("channel").put("$ref", "#/channels/" + CHANNEL);
            answer.putArray("messages").addObject().put("$ref", "#/channels/" + CHANNEL + "/messages/" + reply);
        }
    }
}
