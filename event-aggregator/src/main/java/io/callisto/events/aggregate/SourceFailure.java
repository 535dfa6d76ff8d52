package io.callisto.events.aggregate;

/** The log could not be asked. */
final class SourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what what was tried, with the address, for the operator
     */
    SourceFailure(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
