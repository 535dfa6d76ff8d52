package io.callisto.agents.protocol;

import io.callisto.agents.protocol.RecordReader.Misfit;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Frames to and from their JSON. Reading is strict about what it knows and passes over fields that it does not know;
 * whatever comes from outside, it answers with a frame or a {@link Problem} and throws nothing. Make one and share it;
 * it is thread-safe.
 */
public final class FrameJson {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER = 32;
    private static final int UTF8_AT_MOST = 3;

    private final JsonMapper mapper;
    private final Map<Class<?>, Shape> shapes = new HashMap<>();
    private final Map<String, Shape> clientFrames = new HashMap<>();
    private final Map<String, Shape> serverFrames = new HashMap<>();
    private final RecordWriter writer = new RecordWriter(type -> Objects.requireNonNull(shapes.get(type)));

    public FrameJson() {
        mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxNumberLength(MAX_NUMBER)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        for (ClientFrame.Kind kind : ClientFrame.Kind.values()) {
            clientFrames.put(kind.text(), shape(kind.record()));
        }
        for (ServerFrame.Kind kind : ServerFrame.Kind.values()) {
            serverFrames.put(kind.text(), shape(kind.record()));
        }
        for (AgentCommand command : AgentCommand.values()) {
            shape(command.args());
            shape(command.result());
        }
        for (AgentNotification notification : AgentNotification.values()) {
            shape(notification.data());
        }
    }

    private Shape shape(Class<?> type) {
        return shapes.computeIfAbsent(type, Shape::of);
    }

    public String write(Frame frame) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = mapper.createGenerator(text)) {
            out.writeStartObject();
            out.writeName("type");
            out.writeString(frame.type());
            writer.fields(out, (Record) frame, Objects.requireNonNull(shapes.get(frame.getClass())));
            out.writeEndObject();
        }
        return text.toString();
    }

    /** What a desktop sent. */
    public Reading<ClientFrame> readClient(String text) {
        if (longer(text, AgentProtocol.MAX_FRAME_BYTES)) {
            return Reading.failed(problem(AgentError.TOO_LARGE, null, "", "more than 64 KiB"));
        }
        JsonNode node = null;
        try {
            node = tree(text);
            String type = type(node);
            Shape shape = clientFrames.get(type);
            if (shape == null) {
                throw unknownType();
            }
            RecordReader reader = new RecordReader(type.equals(ClientFrame.Kind.COMMAND.text()) ? args(node) : null);
            ClientFrame frame = (ClientFrame) reader.read(shape, node, "");
            checkCall(frame);
            return Reading.of(frame);
        } catch (Misfit misfit) {
            return Reading.failed(problem(misfit.error(), node, misfit.position(), misfit.text()));
        }
    }

    /** What a server sent. A notification of a later version, whose name is not known, is read without its data. */
    public Reading<ServerFrame> readServer(String text) {
        if (longer(text, AgentProtocol.MAX_SERVER_FRAME_BYTES)) {
            return Reading.failed(problem(AgentError.TOO_LARGE, null, "", "more than 1 MiB"));
        }
        JsonNode node = null;
        try {
            node = tree(text);
            Shape shape = serverFrames.get(type(node));
            if (shape == null) {
                throw unknownType();
            }
            ServerFrame frame = (ServerFrame) new RecordReader(payload(node)).read(shape, node, "");
            checkData(frame);
            return Reading.of(frame);
        } catch (Misfit misfit) {
            return Reading.failed(problem(misfit.error(), node, misfit.position(), misfit.text()));
        }
    }

    private @Nullable Shape args(JsonNode node) {
        // A name that is unknown or no text is found and told by the reader, which comes to it before the arguments.
        return AgentCommand.of(node.path("name").asString(""))
                .map(command -> shapes.get(command.args()))
                .orElse(null);
    }

    private @Nullable Shape payload(JsonNode node) {
        String type = node.path("type").asString("");
        String name = node.path("name").asString("");
        if (type.equals(ServerFrame.Kind.NOTIFY.text())) {
            return AgentNotification.of(name)
                    .map(notification -> shapes.get(notification.data()))
                    .orElse(null);
        }
        if (type.equals(ServerFrame.Kind.RESULT.text()) && node.path("code").asInt(-1) == 0) {
            return AgentCommand.of(name)
                    .map(command -> shapes.get(command.result()))
                    .orElse(null);
        }
        return null;
    }

    private static void checkCall(ClientFrame frame) {
        if (frame.kind() == ClientFrame.Kind.COMMAND) {
            ClientFrame.Command command = (ClientFrame.Command) frame;
            if (command.name().needsCall() && command.sessionId() == null) {
                throw new Misfit(AgentError.WRONG_ARGUMENT, "/sessionId", "is missing: the command is about a call");
            }
        }
    }

    private static void checkData(ServerFrame frame) {
        boolean without = false;
        if (frame.kind() == ServerFrame.Kind.NOTIFY) {
            ServerFrame.Notify notify = (ServerFrame.Notify) frame;
            without =
                    notify.data() == null && AgentNotification.of(notify.name()).isPresent();
        } else if (frame.kind() == ServerFrame.Kind.RESULT) {
            ServerFrame.Result result = (ServerFrame.Result) frame;
            without = result.data() == null
                    && result.code() == 0
                    && AgentCommand.of(result.name()).isPresent();
        }
        if (without) {
            throw new Misfit(AgentError.WRONG_ARGUMENT, "/data", "is missing");
        }
    }

    private JsonNode tree(String text) {
        JsonNode node;
        try {
            node = mapper.readTree(text);
        } catch (JacksonException notJson) {
            TokenStreamLocation at = notJson.getLocation();
            String position = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new Misfit(AgentError.MALFORMED, position, "is no JSON, or nested too deeply, or has a name twice");
        }
        if (!node.isObject()) {
            throw new Misfit(AgentError.MALFORMED, "", "must be a JSON object");
        }
        return node;
    }

    private static String type(JsonNode node) {
        JsonNode type = node.path("type");
        if (!type.isString()) {
            throw new Misfit(AgentError.MALFORMED, "/type", type.isMissingNode() ? "is missing" : "must be a string");
        }
        return type.stringValue();
    }

    private static Misfit unknownType() {
        return new Misfit(AgentError.MALFORMED, "/type", "there is no such frame");
    }

    /** With what can be told of the command: only an id that the answer may carry, only a name that exists. */
    private static Problem problem(AgentError error, @Nullable JsonNode node, String position, String text) {
        String id = null;
        String name = null;
        if (node != null
                && ClientFrame.Kind.COMMAND.text().equals(node.path("type").asString(""))) {
            String given = node.path("id").isString() ? node.path("id").stringValue() : "";
            id = given.matches("[A-Za-z0-9._:-]{1,64}") ? given : null;
            String called = node.path("name").isString() ? node.path("name").stringValue() : "";
            name = called.matches("[A-Za-z0-9_]{1,64}") ? called : null;
        }
        return new Problem(error, id, name, position, text);
    }

    private static boolean longer(String text, int bytes) {
        if (text.length() * (long) UTF8_AT_MOST <= bytes) {
            return false;
        }
        return text.length() > bytes || text.getBytes(StandardCharsets.UTF_8).length > bytes;
    }
}
