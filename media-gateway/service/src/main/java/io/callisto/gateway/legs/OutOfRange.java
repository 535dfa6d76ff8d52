package io.callisto.gateway.legs;

/** The events that a watcher asks for are not here. */
public final class OutOfRange extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfRange(long after, long last) {
        super("no events after " + after + " of the scope are at hand (the last one is " + last
                + "): list the legs and go on from there");
    }
}
