package io.callisto.console.problem;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a JSON body, without repeating its values. */
final class JsonProblems {
    private JsonProblems() {}

    static ApiProblem of(HttpMessageNotReadableException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge tooLarge) {
                return new ApiProblem(ProblemCode.BODY_TOO_LARGE, String.valueOf(tooLarge.getMessage()));
            }
            if (cause instanceof UnrecognizedPropertyException unknown) {
                return ApiProblem.invalid(path(unknown), "unknown field; known are " + known(unknown));
            }
            if (cause instanceof InvalidFormatException || cause instanceof MismatchedInputException) {
                return mismatch((MismatchedInputException) cause);
            }
            if (cause instanceof StreamReadException syntax) {
                return new ApiProblem(ProblemCode.MALFORMED_JSON, "Not JSON at " + place(syntax) + ".");
            }
        }
        return failure.getCause() == null
                ? new ApiProblem(ProblemCode.EMPTY_BODY, "A JSON body is needed here.")
                : new ApiProblem(ProblemCode.MALFORMED_JSON, "The body could not be read as JSON.");
    }

    private static ApiProblem mismatch(MismatchedInputException wrong) {
        Class<?> type = wrong.getTargetType();
        String field = path(wrong);
        String wanted = type == null ? "of another type" : kind(type);
        if (field.isEmpty()) {
            return new ApiProblem(ProblemCode.MALFORMED_JSON, "The body must be " + wanted + ".");
        }
        return ApiProblem.invalid(field, "must be " + wanted);
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + List.of(type.getEnumConstants());
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number in range";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type == java.time.Instant.class ? "a time such as 2026-11-22T10:00:00Z" : "an object";
    }

    private static @Nullable String known(UnrecognizedPropertyException unknown) {
        Collection<Object> ids = unknown.getKnownPropertyIds();
        return ids == null
                ? "none"
                : ids.stream().map(String::valueOf).sorted().toList().toString();
    }

    private static String path(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String place(StreamReadException syntax) {
        return syntax.getLocation() == null
                ? "an unknown place"
                : "line " + syntax.getLocation().getLineNr() + ", column "
                        + syntax.getLocation().getColumnNr();
    }
}
