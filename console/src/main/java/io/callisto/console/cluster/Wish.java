package io.callisto.console.cluster;

/** What the administrator wants a service of a server to be. */
enum Wish {
    RUN,
    STOP
}
