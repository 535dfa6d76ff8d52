package io.callisto.drills.simulation;

/** What every duty meets. */
record Stage(World world, SimDatabase database, SimGateway gateway, SimLog log, Checkers checkers) {}
