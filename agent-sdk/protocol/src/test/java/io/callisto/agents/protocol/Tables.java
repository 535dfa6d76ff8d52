package io.callisto.agents.protocol;

import io.callisto.agents.protocol.Shape.Form;
import io.callisto.agents.protocol.Shape.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tables of docs/reference/agent-protocol.md; the words between them are written by hand. */
final class Tables {
    private final Set<Class<?>> named = new HashSet<>();

    Map<String, String> blocks() {
        Map<String, String> blocks = new TreeMap<>();
        blocks.put("clientFrames", clientFrames());
        blocks.put("serverFrames", serverFrames());
        blocks.put("commands", commands());
        blocks.put("notifications", notifications());
        blocks.put("parts", parts());
        blocks.put("errors", errors());
        return blocks;
    }

    private String clientFrames() {
        StringBuilder table = new StringBuilder("| `type` | Fields | Meaning |\n| --- | --- | --- |\n");
        for (ClientFrame.Kind kind : ClientFrame.Kind.values()) {
            row(table, "`" + kind.text() + "`", fields(Shape.of(kind.record())), kind.meaning());
        }
        return table.toString();
    }

    private String serverFrames() {
        StringBuilder table = new StringBuilder("| `type` | Fields | Meaning |\n| --- | --- | --- |\n");
        for (ServerFrame.Kind kind : ServerFrame.Kind.values()) {
            row(table, "`" + kind.text() + "`", fields(Shape.of(kind.record())), kind.meaning());
        }
        return table.toString();
    }

    private String commands() {
        StringBuilder text = new StringBuilder();
        for (CommandGroup group : CommandGroup.values()) {
            text.append("\n### ").append(title(group)).append("\n\n");
            text.append("| Command | `args` | `data` of the result | Meaning |\n| --- | --- | --- | --- |\n");
            for (AgentCommand command : AgentCommand.values()) {
                if (command.group() == group) {
                    row(
                            text,
                            "`" + command.text() + "`",
                            fields(Shape.of(command.args())),
                            fields(Shape.of(command.result())),
                            command.meaning());
                }
            }
        }
        return text.append("\n").toString();
    }

    private static String title(CommandGroup group) {
        return switch (group) {
            case OPEN -> "Before AGTLogon too";
            case SESSION -> "Session and state";
            case NAIL_UP -> "Nail-up";
            case JOB -> "Jobs";
            case BLEND -> "Blending";
            case HA -> "High availability";
            case CALL -> "Call (with `sessionId`)";
            case CONSULT -> "Consult, transfer, conference (with `sessionId`)";
            case WRAP_UP -> "Wrap-up (with `sessionId`)";
            case CALLBACK -> "Callbacks (with `sessionId`)";
            case DATA -> "Contact data, notes, do-not-call (with `sessionId`)";
        };
    }

    private String notifications() {
        StringBuilder table =
                new StringBuilder("| Notification | `data` | In sequence | Meaning |\n| --- | --- | --- | --- |\n");
        for (AgentNotification notification : AgentNotification.values()) {
            row(
                    table,
                    "`" + notification.text() + "`",
                    fields(Shape.of(notification.data())),
                    notification.aside() ? "no" : "yes",
                    notification.meaning());
        }
        return table.toString();
    }

    /** Records within records, and what each field of everything means. */
    private String parts() {
        StringBuilder text = new StringBuilder();
        for (ClientFrame.Kind kind : ClientFrame.Kind.values()) {
            part(text, "frame `" + kind.text() + "`", Shape.of(kind.record()));
        }
        for (ServerFrame.Kind kind : ServerFrame.Kind.values()) {
            part(text, "frame `" + kind.text() + "`", Shape.of(kind.record()));
        }
        for (AgentCommand command : AgentCommand.values()) {
            part(text, command.args().getSimpleName(), Shape.of(command.args()));
            part(text, command.result().getSimpleName(), Shape.of(command.result()));
        }
        for (AgentNotification notification : AgentNotification.values()) {
            part(text, notification.data().getSimpleName(), Shape.of(notification.data()));
        }
        return text.append("\n").toString();
    }

    private void part(StringBuilder text, String title, Shape shape) {
        if (shape.parts().isEmpty() || !named.add(shape.type())) {
            return;
        }
        text.append("\n#### ").append(title).append("\n\n| Field | Type | | Meaning |\n| --- | --- | --- | --- |\n");
        for (Part part : shape.parts()) {
            Described says = part.says();
            row(
                    text,
                    "`" + part.name() + "`",
                    type(part.form()),
                    part.required() ? "" : "optional",
                    says == null ? "See the tables of commands and notifications." : says.value() + words(part, says));
        }
        for (Part part : shape.parts()) {
            Form form =
                    part.form().element() == null ? part.form() : part.form().element();
            if (form.shape() != null) {
                part(text, form.type().getSimpleName(), form.shape());
            }
        }
    }

    private static String words(Part part, Described says) {
        List<String> words = part.form().kind() == Shape.Kind.WORD
                ? Schemas.words(part.form().type()).toList()
                : says.words().length == 0
                        ? List.of()
                        : Schemas.words(says.words()[0]).toList();
        String start = part.form().kind() == Shape.Kind.WORD ? " One of " : " Today: ";
        return words.isEmpty()
                ? ""
                : start + words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", ")) + ".";
    }

    private static String fields(Shape shape) {
        return shape.parts().stream()
                .map(part -> "`" + part.name() + (part.required() ? "" : "?") + "`")
                .collect(Collectors.joining(" "));
    }

    private static String type(Form form) {
        return switch (form.kind()) {
            case LIST -> "list of " + type(Objects.requireNonNull(form.element()));
            case RECORD -> form.type().getSimpleName();
            case MAP -> "map of texts";
            case TEXT, WORD, NUMBER, FLAG -> form.kind().name().toLowerCase(Locale.ROOT);
            case TIME -> "time in UTC";
            case LOCAL_TIME -> "local time";
            case COMMAND -> "name";
            case PAYLOAD -> "object";
        };
    }

    private static String errors() {
        StringBuilder table = new StringBuilder(
                "| Code | Name | What happened | May pass by itself | What to do |\n| --- | --- | --- | --- | --- |\n");
        for (AgentError error : AgentError.values()) {
            row(
                    table,
                    Integer.toString(error.number()),
                    error.title(),
                    error.text(),
                    error.passing() ? "yes" : "",
                    error.whatToDo());
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String... cells) {
        table.append("|");
        for (String cell : cells) {
            table.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        table.append('\n');
    }
}
