/**
 * The agent protocol: frames over a WebSocket, commands, notifications, their arguments and data, error codes, and
 * their strict reading. All that a server or a client of it needs; imports nothing but Jackson. It only grows: a list
 * of what was released, kept beside the tests, fails the build when it drifts. Called by the agent-sdk service, by
 * clients and simulators.
 *
 * <h2>Commands are done once</h2>
 *
 * <p>A client makes the id of a command, unique in its agent session. The server stores the result with the effect, in
 * one transaction, and keeps it for {@link io.callisto.agents.protocol.AgentProtocol#RESULTS_KEPT}: the same id again,
 * on whatever server, gets the first result and does nothing. The same id with another name, call or arguments is
 * refused ({@link io.callisto.agents.protocol.AgentError#ID_REUSED}). A command that has no stored result and no owner
 * of the zone to do it is refused with {@link io.callisto.agents.protocol.AgentError#RETRY} and was not done, not even
 * in part. Stored results are looked up before the attach number is: who resumed may ask again for what it asked
 * before.
 *
 * <h2>One desktop acts</h2>
 *
 * <p>Each attach of a desktop to a session raises {@code attachNo}; every command carries the one that it was made
 * under, or a later one when it is sent again. A lower one than the session's is refused ({@link
 * io.callisto.agents.protocol.AgentError#STALE_ATTACH}), and the connection that had it is closed with a bye.
 *
 * <h2>Notifications have a place</h2>
 *
 * <p>{@code (epoch, seq)}: the epoch of the zone's owner, and a number that rises by one per notification of the
 * session. A client takes the next number of its epoch, drops what it has, and for anything else, a gap or another
 * epoch, asks for a {@linkplain io.callisto.agents.protocol.ServerFrame.Snapshot snapshot}; see {@link
 * io.callisto.agents.protocol.Position}. {@code seq} 0 is out of this order: what the server at hand says by itself.
 *
 * <h2>Heartbeats need no timers of the client</h2>
 *
 * <p>The server sends {@code ping}, the client answers {@code pong} where it handles the message: browsers slow down
 * the timers of hidden tabs, not their messages.
 */
@NullMarked
package io.callisto.agents.protocol;

import org.jspecify.annotations.NullMarked;
