/**
 * An agent who is logged in: four state machines (readiness, call, job, nailing), what commands and events do to them,
 * and how a session that outlived its agent manager is squared with gateway and desktop.
 *
 * <p>Called by the owner of {@code agent-manager/{zone}} only, which carries out the effects after it has saved the
 * session. Everything here is a value or a pure function. INV-8: states move along their tables.
 */
@NullMarked
package io.callisto.domain.agent;

import org.jspecify.annotations.NullMarked;
