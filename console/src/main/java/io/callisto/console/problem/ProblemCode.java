package io.callisto.console.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * The kinds of problem that the API answers with. Names are part of the contract: {@code type} and {@code code} come
 * from them.
 */
public enum ProblemCode {
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not the JSON that is expected here"),
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request has missing, unknown or wrong fields"),
    INVALID_CURSOR(HttpStatus.BAD_REQUEST, "The cursor was not made by this list"),
    EMPTY_BODY(HttpStatus.BAD_REQUEST, "The body is empty"),
    BODY_INCOMPLETE(HttpStatus.BAD_REQUEST, "The body ended early"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "User name and password are needed"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "Your role does not allow this"),
    OTHER_ORGANISATION(HttpStatus.FORBIDDEN, "This belongs to another organisation"),
    CROSS_SITE(HttpStatus.FORBIDDEN, "Requests from other web sites are refused"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method is not offered here"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "None of the accepted media types is offered"),
    CONFLICT(HttpStatus.CONFLICT, "The state of things does not allow this"),
    ALREADY_EXISTS(HttpStatus.CONFLICT, "It exists already"),
    IN_PROGRESS(HttpStatus.CONFLICT, "Another request is working on the same thing"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "This media type is not understood here"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key was used for another request"),
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be understood"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be reached"),
    EVENT_BACKLOG(HttpStatus.SERVICE_UNAVAILABLE, "Too many events wait to be published; nothing new is begun"),
    SERVICE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The service cannot answer now"),
    STORAGE_FULL(HttpStatus.INSUFFICIENT_STORAGE, "There is no room for the upload");

    private final HttpStatus status;
    private final String title;

    ProblemCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    /** One sentence that is the same for every problem of the kind. */
    public String title() {
        return title;
    }

    /** As clients see it, such as {@code invalid-request}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Stable URI of the kind, such as {@code urn:callisto:problem:invalid-request}. */
    public URI type() {
        return URI.create("urn:callisto:problem:" + code());
    }

    /** The general kind for a status that no more specific kind explains. */
    static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> CONFLICT;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 503 -> SERVICE_UNAVAILABLE;
            default -> status >= 500 ? INTERNAL_ERROR : BAD_REQUEST;
        };
    }
}
