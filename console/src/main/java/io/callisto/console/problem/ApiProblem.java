package io.callisto.console.problem;

import java.util.List;

/** A request that cannot be fulfilled; ends as problem details. */
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final String detail;
    private final transient List<FieldProblem> errors;

    public ApiProblem(ProblemCode code, String detail) {
        this(code, detail, List.of());
    }

    /**
     * @param detail what happened this time and what to do; no personal data
     * @param errors the fields that are wrong, if it is about fields
     */
    public ApiProblem(ProblemCode code, String detail, List<FieldProblem> errors) {
        super(code + ": " + detail);
        this.code = code;
        this.detail = detail;
        this.errors = List.copyOf(errors);
    }

    /** The fields of the request that are wrong. */
    public static ApiProblem invalid(List<FieldProblem> errors) {
        String detail = errors.size() == 1
                ? errors.get(0).field() + ": " + errors.get(0).message()
                : errors.size() + " fields are wrong; see errors.";
        return new ApiProblem(ProblemCode.INVALID_REQUEST, detail, errors);
    }

    /** One field of the request that is wrong. */
    public static ApiProblem invalid(String field, String message) {
        return invalid(List.of(new FieldProblem(field, message)));
    }

    /**
     * @param what such as {@code job}
     * @param id as the caller gave it
     */
    public static ApiProblem notFound(String what, Object id) {
        return new ApiProblem(ProblemCode.NOT_FOUND, "There is no " + what + " " + id + ", or it is not yours.");
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    public List<FieldProblem> errors() {
        return errors;
    }
}
