package io.callisto.console.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the document say what {@code @Nullable} says of our records: what is always there, and what may be null. A
 * query parameter is there or not, but never null.
 */
final class RecordModels implements ModelConverter {
    private static final String OURS = "io.callisto.console.";
    private static final String REF = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        JavaType java = Json.mapper().constructType(type.getType());
        if (schema == null
                || java == null
                || !java.getRawClass().isRecord()
                || !java.getRawClass().getName().startsWith(OURS)
                || java.getRawClass().getName().endsWith("Parameters")) {
            return schema;
        }
        Schema<?> model = schema.get$ref() == null
                ? schema
                : context.getDefinedModels().get(schema.get$ref().substring(REF.length()));
        if (model != null && model.getProperties() != null) {
            for (RecordComponent component : java.getRawClass().getRecordComponents()) {
                describe(model, component);
            }
        }
        return schema;
    }

    private static void describe(Schema<?> model, RecordComponent component) {
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            if (model.getRequired() == null || !model.getRequired().contains(component.getName())) {
                model.addRequiredItem(component.getName());
            }
            return;
        }
        Schema<?> property = model.getProperties().get(component.getName());
        if (property != null
                && property.getTypes() != null
                && !property.getTypes().contains("null")) {
            Set<String> types = new LinkedHashSet<>(property.getTypes());
            types.add("null");
            property.setTypes(types);
        }
    }
}
