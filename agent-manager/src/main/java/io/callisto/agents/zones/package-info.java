/**
 * The zones that this JVM stands for, and the work in one of them. Every piece of it is a fenced transaction (INV-1),
 * so
 * a zone has at most one agent manager whose work counts (AM-11). A zone stays where it is until it is moved or its
 * server is lost (AM-10).
 */
@NullMarked
package io.callisto.agents.zones;

import org.jspecify.annotations.NullMarked;
