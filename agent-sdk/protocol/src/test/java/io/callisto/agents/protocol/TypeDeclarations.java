package io.callisto.agents.protocol;

import io.callisto.agents.protocol.Shape.Form;
import io.callisto.agents.protocol.Shape.Part;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The generated parts of agent-sdk/js/callisto-agent.d.ts. */
final class TypeDeclarations {
    private final Map<String, Class<?>> declared = new TreeMap<>();
    private final StringBuilder types = new StringBuilder();

    Map<String, String> blocks() {
        for (AgentCommand command : AgentCommand.values()) {
            declare(Shape.of(command.args()));
            declare(Shape.of(command.result()));
        }
        for (AgentNotification notification : AgentNotification.values()) {
            declare(Shape.of(notification.data()));
        }
        declare(Shape.of(AgentView.class));
        return Map.of("types", types.toString(), "methods", methods(), "notifications", notifications());
    }

    private void declare(Shape shape) {
        String name = shape.type().getSimpleName();
        Class<?> before = declared.put(name, shape.type());
        if (before != null) {
            if (before != shape.type()) {
                throw new IllegalStateException("two records are called " + name);
            }
            return;
        }
        for (Part part : shape.parts()) {
            Form form =
                    part.form().element() == null ? part.form() : part.form().element();
            if (form.shape() != null) {
                declare(form.shape());
            }
        }
        if (shape.parts().isEmpty()) {
            types.append("export type ").append(name).append(" = Record<string, never>;\n\n");
            return;
        }
        types.append("export interface ").append(name).append(" {\n");
        for (Part part : shape.parts()) {
            Described says = Objects.requireNonNull(part.says(), part.name());
            types.append("  /** ").append(says.value()).append(" */\n  ").append(part.name());
            types.append(optional(part) ? "?: " : ": ")
                    .append(type(part.form(), says))
                    .append(";\n");
        }
        types.append("}\n\n");
    }

    /** Lists and maps that may be left out on the wire are always there in what a server sends. */
    private static boolean optional(Part part) {
        return !part.required()
                && part.form().kind() != Shape.Kind.LIST
                && part.form().kind() != Shape.Kind.MAP;
    }

    private static String type(Form form, Described says) {
        return switch (form.kind()) {
            case TEXT -> says.words().length == 0 ? "string" : open(says.words()[0]);
            case TIME, LOCAL_TIME, COMMAND -> "string";
            case WORD -> union(form.type());
            case NUMBER -> "number";
            case FLAG -> "boolean";
            case RECORD -> form.type().getSimpleName();
            case LIST -> list(type(Objects.requireNonNull(form.element()), says));
            case MAP -> "Record<string, string>";
            case PAYLOAD -> "object";
        };
    }

    private static String list(String element) {
        return element.contains(" ") ? "Array<" + element + ">" : element + "[]";
    }

    private static String union(Class<?> vocabulary) {
        return Schemas.words(vocabulary).map(word -> "'" + word + "'").collect(Collectors.joining(" | "));
    }

    /** Known words for the editor, and any other text for later versions. */
    private static String open(Class<?> vocabulary) {
        return Stream.concat(Schemas.words(vocabulary).map(word -> "'" + word + "'"), Stream.of("(string & {})"))
                .collect(Collectors.joining(" | "));
    }

    private static String methods() {
        StringBuilder methods = new StringBuilder();
        for (AgentCommand command : AgentCommand.values()) {
            boolean args = command.args() != SessionData.Nothing.class;
            boolean mayLeaveOut =
                    args && Shape.of(command.args()).parts().stream().noneMatch(Part::required);
            String parameters = Stream.of(
                            command.needsCall() ? "sessionId: string" : "",
                            args
                                    ? "args" + (mayLeaveOut ? "?" : "") + ": "
                                            + command.args().getSimpleName()
                                    : "")
                    .filter(parameter -> !parameter.isEmpty())
                    .collect(Collectors.joining(", "));
            methods.append("  /** ").append(command.meaning()).append(" */\n");
            methods.append("  ")
                    .append(command.text())
                    .append('(')
                    .append(parameters)
                    .append("): Promise<");
            methods.append(command.result().getSimpleName()).append(">;\n");
        }
        return methods.toString();
    }

    private static String notifications() {
        StringBuilder lines = new StringBuilder();
        for (AgentNotification notification : AgentNotification.values()) {
            lines.append("  /** ").append(notification.meaning()).append(" */\n");
            lines.append("  ").append(notification.text()).append(": ");
            lines.append(notification.data().getSimpleName()).append(";\n");
        }
        return lines.toString();
    }
}
