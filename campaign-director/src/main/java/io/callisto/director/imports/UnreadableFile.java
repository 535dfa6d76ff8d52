package io.callisto.director.imports;

/**
 * The file (or the import's options) cannot be read as it is. The message is for the user: what is wrong, and what to
 * do.
 */
final class UnreadableFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableFile(String message) {
        super(message);
    }

    UnreadableFile(String message, Throwable cause) {
        super(message, cause);
    }
}
