package io.callisto.agents.protocol;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a record looks like on the wire, by reflection: the one source of reader, writer, schemas and tables. */
record Shape(Class<?> type, List<Part> parts, Constructor<?> constructor) {

    /** What a value is on the wire. */
    enum Kind {
        TEXT,
        /** Text of a closed vocabulary. */
        WORD,
        NUMBER,
        FLAG,
        TIME,
        LOCAL_TIME,
        RECORD,
        LIST,
        /** Object whose names are data and whose values are texts. */
        MAP,
        /** Name of a command. */
        COMMAND,
        /** A record whose class another field tells. */
        PAYLOAD
    }

    /**
     * The form of a value.
     *
     * @param shape of a record
     * @param element of a list
     */
    record Form(
            Kind kind,
            Class<?> type,
            @Nullable Shape shape,
            @Nullable Form element) {}

    /**
     * A field.
     *
     * @param required whether it must be there
     * @param says what is known of it; null for fields whose meaning another one tells
     */
    record Part(
            String name,
            Form form,
            boolean required,
            @Nullable Described says,
            Method accessor) {}

    static Shape of(Class<?> type) {
        List<Part> parts = new ArrayList<>();
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            parts.add(part(components[i]));
        }
        try {
            return new Shape(type, List.copyOf(parts), type.getDeclaredConstructor(types));
        } catch (NoSuchMethodException cannotBe) {
            throw new IllegalStateException("a record without its constructor: " + type, cannotBe);
        }
    }

    private static Part part(RecordComponent component) {
        Described says = component.getAnnotation(Described.class);
        Form form = form(component.getAnnotatedType(), component.getType());
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        boolean many = form.kind() == Kind.LIST || form.kind() == Kind.MAP;
        boolean mayBeEmpty = says != null && (says.optional() || (many && says.minItems() == 0));
        return new Part(component.getName(), form, !nullable && !mayBeEmpty, says, component.getAccessor());
    }

    private static Form form(AnnotatedType annotated, Class<?> type) {
        if (type == List.class) {
            AnnotatedType of = ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[0];
            return new Form(Kind.LIST, type, null, form(of, (Class<?>) of.getType()));
        }
        Kind kind = kind(type);
        return new Form(kind, type, kind == Kind.RECORD ? of(type) : null, null);
    }

    private static Kind kind(Class<?> type) {
        if (type == String.class) {
            return Kind.TEXT;
        } else if (type == boolean.class) {
            return Kind.FLAG;
        } else if (type == int.class || type == long.class || type == Long.class) {
            return Kind.NUMBER;
        } else if (type == Instant.class) {
            return Kind.TIME;
        } else if (type == LocalDateTime.class) {
            return Kind.LOCAL_TIME;
        } else if (type == Map.class) {
            return Kind.MAP;
        } else if (type == AgentCommand.class) {
            return Kind.COMMAND;
        } else if (type == Record.class) {
            return Kind.PAYLOAD;
        } else if (Word.class.isAssignableFrom(type)) {
            return Kind.WORD;
        } else if (type.isRecord()) {
            return Kind.RECORD;
        }
        throw new IllegalStateException("the protocol has no form for " + type);
    }
}
