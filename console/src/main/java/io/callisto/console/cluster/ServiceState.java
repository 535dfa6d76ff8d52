package io.callisto.console.cluster;

/** State of a service on a server, in POM's words where it has one. */
enum ServiceState {
    STARTING,
    /** Works; every instance does. */
    RUNNING,
    /** Works and owns the role, or part of it. */
    MASTER,
    /** Works and stands by. */
    DORMANT,
    /** Was told to stop and hands over. */
    STOPPING,
    STOPPED,
    /** Its node says that it runs, but has not been heard for longer than the limit. */
    UNREACHABLE
}
