package io.callisto.server.cluster;

/** How a server's services are spread over JVMs. */
public enum Layout {
    /** All in one JVM, a context each. */
    JVM,
    /** A JVM for each. */
    PROCESSES
}
