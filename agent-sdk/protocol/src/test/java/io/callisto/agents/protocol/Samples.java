package io.callisto.agents.protocol;

import io.callisto.agents.protocol.Shape.Form;
import io.callisto.agents.protocol.Shape.Part;
import java.lang.reflect.InvocationTargetException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records of any class of the protocol: with a value in every field, or with as few as there may be. */
final class Samples {
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("token", "eyJhbGciOi..."),
            Map.entry("client", "callisto-agent-js/0.1.0"),
            Map.entry("agentSessionId", "019aa7f0-0000-7000-8000-0000000000bb"),
            Map.entry("sessionId", "019aa7f0-0000-7000-8000-0000000000aa"),
            Map.entry("oldSessionId", "019aa7f0-0000-7000-8000-0000000000a9"),
            Map.entry("newSessionId", "019aa7f0-0000-7000-8000-0000000000aa"),
            Map.entry("agentId", "a-7"),
            Map.entry("agentName", "Ada"),
            Map.entry("zone", "Default"),
            Map.entry("extension", "+4930901820"),
            Map.entry("timeZone", "Europe/Berlin"),
            Map.entry("locale", "en-GB"),
            Map.entry("campaignName", "Spring offer"),
            Map.entry("type", "Preview"),
            Map.entry("completionCode", "Sold"),
            Map.entry("defaultCode", "Default_code"),
            Map.entry("codeValue", "Sold"),
            Map.entry("digits", "42#"),
            Map.entry("number", "+4930901821"),
            Map.entry("agentState", "Ready"),
            Map.entry("callState", "Talking"),
            Map.entry("jobState", "JobAttached"),
            Map.entry("nailupStatus", "NailedUp"),
            Map.entry("types", "Standard"),
            Map.entry("servers", "wss://s1.example.com/agent/v1"),
            Map.entry("primary", "https://s1.example.com/script"),
            Map.entry("auxiliary", "https://s2.example.com/script"),
            Map.entry("capabilities", "AGTHoldCall"),
            Map.entry("id", "k7q-1"));

    private Samples() {}

    static Record full(Class<?> type) {
        return record(Shape.of(type), true);
    }

    static Record least(Class<?> type) {
        return record(Shape.of(type), false);
    }

    static ClientFrame command(AgentCommand command, boolean full) {
        Record args = record(Shape.of(command.args()), full);
        String call = command.needsCall() ? TEXTS.get("sessionId") : null;
        return new ClientFrame.Command("k7q-1", command, 2, call, args);
    }

    static ServerFrame result(AgentCommand command, boolean full) {
        Record data = record(Shape.of(command.result()), full);
        return new ServerFrame.Result(
                "k7q-1", command.text(), 0, full ? "Done." : "OK", full ? "/args/zone" : null, data);
    }

    static ServerFrame notification(AgentNotification notification, boolean full) {
        Record data = record(Shape.of(notification.data()), full);
        return new ServerFrame.Notify((1L << 40) | 7, notification.aside() ? 0 : 12, notification.text(), data);
    }

    static ServerFrame frame(ServerFrame.Kind kind, boolean full) {
        return switch (kind) {
            case RESULT -> result(AgentCommand.AGT_LOGON, full);
            case NOTIFY -> notification(AgentNotification.AGT_CALL_NOTIFY, full);
            case WELCOME, SNAPSHOT, PING, BYE -> (ServerFrame) record(Shape.of(kind.record()), full);
        };
    }

    static ClientFrame frame(ClientFrame.Kind kind, boolean full) {
        return switch (kind) {
            case COMMAND -> command(AgentCommand.AGT_LOGON, full);
            case HELLO, ACK, PONG, STATUS -> (ClientFrame) record(Shape.of(kind.record()), full);
        };
    }

    private static Record record(Shape shape, boolean full) {
        Object[] values = shape.parts().stream()
                .map(part -> full || part.required() ? value(part, part.form(), full) : absent(part.form()))
                .toArray();
        try {
            return (Record) shape.constructor().newInstance(values);
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException broken) {
            throw new IllegalStateException("cannot make " + shape.type(), broken);
        }
    }

    private static @Nullable Object absent(Form form) {
        return switch (form.kind()) {
            case LIST -> List.of();
            case MAP -> Map.of();
            case FLAG -> false;
            case NUMBER -> form.type() == int.class ? (Object) 0 : form.type() == long.class ? (Object) 0L : null;
            case TEXT, WORD, TIME, LOCAL_TIME, RECORD, COMMAND, PAYLOAD -> null;
        };
    }

    private static Object value(Part part, Form form, boolean full) {
        return switch (form.kind()) {
            case TEXT -> text(part);
            case WORD -> form.type().getEnumConstants()[0];
            case COMMAND -> AgentCommand.AGT_LOGON;
            case NUMBER -> form.type() == int.class ? (Object) 3 : (Object) 17L;
            case FLAG -> true;
            case TIME -> Instant.parse("2026-11-22T10:15:30.123Z");
            case LOCAL_TIME -> LocalDateTime.parse("2026-11-23T10:15");
            case RECORD -> record(Objects.requireNonNull(form.shape()), full);
            case LIST -> List.of(value(part, Objects.requireNonNull(form.element()), full));
            case MAP -> Map.of("Default", "s1.example.com:9200");
            case PAYLOAD -> throw new IllegalStateException("a payload has no sample of its own");
        };
    }

    private static String text(Part part) {
        String name = part.name().equals("name") && part.says() != null ? "attribute" : part.name();
        return TEXTS.getOrDefault(name, name);
    }
}
