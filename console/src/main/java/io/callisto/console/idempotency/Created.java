package io.callisto.console.idempotency;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What came of a request that creates.
 *
 * @param status of the answer
 * @param location of what was created, if it has an address
 * @param body of the answer
 */
public record Created<T>(HttpStatus status, @Nullable URI location, T body) {

    /** 201 with the address of the new thing. */
    public static <T> Created<T> at(String location, T body) {
        return new Created<>(HttpStatus.CREATED, URI.create(location), body);
    }

    /** 202: it will be done; the address tells how it goes. */
    public static <T> Created<T> acceptedAt(String location, T body) {
        return new Created<>(HttpStatus.ACCEPTED, URI.create(location), body);
    }

    /** 200 without an address. */
    public static <T> Created<T> done(T body) {
        return new Created<>(HttpStatus.OK, null, body);
    }
}
