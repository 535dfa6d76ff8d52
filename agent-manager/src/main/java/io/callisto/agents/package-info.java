/**
 * The agent manager: the one master of a zone (scope {@code agent-manager/{zone}}) that serves the zone's agents. Until
 * there are agents it is the role alone: it ticks, and moves to another server when an administrator says so.
 */
@NullMarked
package io.callisto.agents;

import org.jspecify.annotations.NullMarked;
