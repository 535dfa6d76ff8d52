package io.callisto.console.idempotency;

import io.callisto.console.audit.Change;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What came of a request that creates.
 *
 * @param status of the answer
 * @param location of what was created, if it has an address
 * @param body of the answer
 * @param change for the audit
 */
public record Created<T>(HttpStatus status, @Nullable URI location, T body, Change change) {

    /** 201 with the address of the new thing. */
    public static <T> Created<T> at(String location, T body, Change change) {
        return new Created<>(HttpStatus.CREATED, URI.create(location), body, change);
    }

    /** 202: it will be done; the address tells how it goes. */
    public static <T> Created<T> acceptedAt(String location, T body, Change change) {
        return new Created<>(HttpStatus.ACCEPTED, URI.create(location), body, change);
    }

    /** 200 without an address. */
    public static <T> Created<T> done(T body, Change change) {
        return new Created<>(HttpStatus.OK, null, body, change);
    }
}
