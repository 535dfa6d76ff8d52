package io.callisto.console.problem;

import java.io.IOException;

/** A body went past its limit while it was read. */
final class BodyTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLarge(long limit) {
        super("The body is larger than " + limit + " bytes, the limit for JSON. Split the request into smaller ones.");
    }
}
