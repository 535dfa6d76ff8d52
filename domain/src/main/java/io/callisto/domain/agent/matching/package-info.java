/**
 * Which agent gets which answered call. {@link io.callisto.domain.agent.matching.AgentPool} belongs to one owner of
 * {@code agent-manager/{zone}} and one of its threads; it is built anew from the sessions after a takeover.
 */
@NullMarked
package io.callisto.domain.agent.matching;

import org.jspecify.annotations.NullMarked;
