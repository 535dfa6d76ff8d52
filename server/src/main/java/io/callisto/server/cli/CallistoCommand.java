package io.callisto.server.cli;

/** A subcommand that another module adds; found with {@link java.util.ServiceLoader}. */
public interface CallistoCommand {
    /** An object with picocli's {@code @Command}. */
    Object command();
}
