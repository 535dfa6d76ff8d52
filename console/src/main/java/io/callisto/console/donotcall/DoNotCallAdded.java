package io.callisto.console.donotcall;

/**
 * What an addition did.
 *
 * @param added numbers that were not on the list
 * @param updated numbers that were, and have the new end now
 */
record DoNotCallAdded(int added, int updated) {}
