/**
 * A client of the agent protocol on the JDK's own WebSocket: several addresses, reconnect, resume, commands done once,
 * notifications once and in order. For tests, the headless agents and proxies; it owns no thread of its own but runs
 * on the single-threaded scheduler that it is given, so that a thousand agents can share one. Called by drills and
 * benches.
 */
@NullMarked
package io.callisto.agents.client;

import org.jspecify.annotations.NullMarked;
