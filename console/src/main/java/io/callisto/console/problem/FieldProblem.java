package io.callisto.console.problem;

/**
 * What is wrong with one field.
 *
 * @param field path from the root of the body, such as {@code definition.call.maxCalls}, or the name of a parameter
 * @param message what is wrong with it; never its value where that could be personal data
 */
public record FieldProblem(String field, String message) {}
