package io.callisto.agents.protocol;

import io.callisto.agents.protocol.Shape.Form;
import io.callisto.agents.protocol.Shape.Part;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas of frames, made of the same shapes as the reader. */
final class Schemas {
    private final JsonMapper mapper = JsonMapper.builder().build();

    ObjectNode frame(String type, Shape shape, @Nullable String name, @Nullable Shape payload) {
        ObjectNode schema = object(shape, payload);
        ObjectNode properties = (ObjectNode) schema.get("properties");
        ObjectNode fields = mapper.createObjectNode();
        fields.putObject("type").put("type", "string").put("const", type);
        properties.properties().forEach(field -> fields.set(field.getKey(), field.getValue()));
        if (name != null) {
            ((ObjectNode) fields.get("name")).removeAll().put("type", "string").put("const", name);
        }
        schema.set("properties", fields);
        ArrayNode required = mapper.createArrayNode().add("type");
        schema.path("required").forEach(required::add);
        schema.set("required", required);
        return schema;
    }

    private ObjectNode object(Shape shape, @Nullable Shape payload) {
        ObjectNode schema = mapper.createObjectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = mapper.createArrayNode();
        for (Part part : shape.parts()) {
            if (part.form().kind() == Shape.Kind.PAYLOAD) {
                if (payload != null) {
                    properties.set(part.name(), object(payload, null));
                    if (payload.parts().stream().anyMatch(Part::required)) {
                        required.add(part.name());
                    }
                }
                continue;
            }
            ObjectNode field = form(part.form(), part.says());
            if (part.says() != null) {
                field.put("description", part.says().value());
            }
            properties.set(part.name(), field);
            if (part.required()) {
                required.add(part.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private ObjectNode form(Form form, @Nullable Described says) {
        ObjectNode schema = mapper.createObjectNode();
        switch (form.kind()) {
            case TEXT -> text(schema, says);
            case WORD -> {
                schema.put("type", "string");
                words(schema.putArray("enum"), form.type());
            }
            case COMMAND -> schema.put("type", "string");
            case NUMBER -> {
                schema.put("type", "integer").put("minimum", 0);
                if (form.type() == int.class) {
                    schema.put("maximum", Integer.MAX_VALUE);
                }
            }
            case FLAG -> schema.put("type", "boolean");
            case TIME -> schema.put("type", "string").put("format", "date-time");
            case LOCAL_TIME -> schema.put("type", "string").put("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+$");
            case RECORD -> {
                return object(Objects.requireNonNull(form.shape()), null);
            }
            case LIST -> {
                schema.put("type", "array");
                bounds(schema, says, "Items");
                schema.set("items", form(Objects.requireNonNull(form.element()), says));
            }
            case MAP -> {
                schema.put("type", "object");
                bounds(schema, says, "Properties");
                ObjectNode value = mapper.createObjectNode();
                text(value, says);
                schema.set("additionalProperties", value);
            }
            case PAYLOAD -> throw new IllegalStateException("a payload has no form of its own");
        }
        return schema;
    }

    private static void bounds(ObjectNode schema, @Nullable Described says, String of) {
        if (says != null) {
            schema.put("min" + of, says.minItems()).put("max" + of, says.maxItems());
        }
    }

    private static void text(ObjectNode schema, @Nullable Described says) {
        schema.put("type", "string");
        if (says != null) {
            schema.put("minLength", says.min()).put("maxLength", says.max());
            if (!says.pattern().isEmpty()) {
                schema.put("pattern", "^" + says.pattern() + "$");
            }
            for (Class<?> vocabulary : says.words()) {
                words(schema.putArray("examples"), vocabulary);
            }
        }
    }

    private static void words(ArrayNode list, Class<?> vocabulary) {
        words(vocabulary).forEach(list::add);
    }

    static Stream<String> words(Class<?> vocabulary) {
        return Arrays.stream(vocabulary.getEnumConstants()).map(word -> ((Word) word).text());
    }
}
