/**
 * The agents' half of the gateway: their legs, and the bridges between legs and customer calls.
 *
 * <p><b>Who may do what.</b> Everything belongs to a scope, and a command is carried out only under the scope's
 * highest epoch (the fence is that of the calls), within the ttl of its ticket. A leg belongs to the scope that
 * nailed it, such as {@code agent-manager/0}: not to the process that owns the scope, so it survives a change of
 * owner. A customer call is placed by {@code PlaceCalls} only, whoever asks for it, so the registry keeps it from
 * being placed twice; it belongs to the scope that placed it. Only its present scope gives it away ({@code
 * HandOver}, fenced by the giver's epoch), and only while it is in no bridge; from that record on the giver can
 * neither bridge it nor hang it up, and the receiver can, fenced by its own epoch. The record lies in the
 * registry, in one order with the placing, the bridges and the end of the call, and is written before the answer:
 * it outlives giver, receiver and gateway. Handing over what is handed over already changes nothing and is
 * answered as done. A leg and a call meet only where both belong to the scope that commands it.
 *
 * <p><b>At most once.</b> Each command has an id. What it led to is remembered for ten minutes, which is longer
 * than the longest ttl: the same message again is either answered with the first result or too late; a restart
 * makes all older tickets too late. That is why a leg need not be on disk before its phone rings: after a crash
 * nobody can nail the same id again with an old command, and the legs of before are lost in any case. What is
 * answered after a wait for the disk: the beginning of a term, tombstones, and lists (until synced); new legs and
 * hand-overs (until written).
 *
 * <p><b>What is told.</b> Every change is an event of its scope with a sequence. An event is a note in the registry, is
 * told only when that is synced, and is told to nobody before: so a sequence is never given to two events, also not by
 * a gateway that lost power. What lives is rebuilt from the notes at start, and ends then as lost.
 *
 * <p><b>Invariants.</b> A leg is in one bridge at most. A customer is in one bridge at most, with one leg, or with two
 * in a consultation or conference. A bridge ends with its call. A call that was handed over and is in no bridge ends by
 * itself. Every bridge that was told ends in one {@code EVENT_BRIDGE_OVER}.
 *
 * <p>All of it is guarded by the exchange's lock; {@link io.callisto.gateway.legs.Switchboard} is the way in.
 */
@NullMarked
package io.callisto.gateway.legs;

import org.jspecify.annotations.NullMarked;
