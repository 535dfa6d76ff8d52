package io.callisto.console.cluster;

/** What a service of a server does, in the words of POM's tables. */
enum ServiceRole {
    /** One of several that stand by for a role, and has it, or part of it. */
    MASTER,
    /** Stands by for a role. */
    DORMANT,
    /** Works, as every instance does. */
    RUNNING,
    STOPPED,
    /** Said that it runs, but was not heard for longer than a lease lives. */
    UNREACHABLE
}
