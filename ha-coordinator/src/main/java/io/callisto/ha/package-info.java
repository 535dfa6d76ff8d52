/**
 * Ownership of scopes: who may act for what, and why nobody else can.
 *
 * <p>An owner holds a {@link io.callisto.ha.Lease} with an epoch. What excludes which failure:
 *
 * <ul>
 *   <li><em>Two owners of one epoch</em>: a claim locks the scope's fence row, takes the next epoch under that lock and
 *       writes it to {@code ha_transition}, whose primary key is (scope, epoch) (INV-2). A database that was promoted
 *       without its last transactions has a higher timeline, which is the upper part of the epoch.
 *   <li><em>A former owner that writes</em> (frozen, cut off, or with a clock that runs wrong): every transaction on
 *       owned data share-locks the fence row at its epoch, first of all. The claim updates that row, so it waits for
 *       open transactions of the old epoch or ends their backends; once it has committed, none of them can (INV-1).
 *       Timing plays no part.
 *   <li><em>A former owner that acts outside the database</em>: whoever receives the effect refuses a lower epoch. So
 *       that it seldom comes to that, an owner stops at a deadline counted by the monotonic clock from the
 *       <em>sending</em> of its last confirmed renewal, less a margin: at that time its row cannot yet have expired.
 *   <li><em>A tenure that comes back to life</em>: it ends once and for good, and the same node goes on only under a
 *       new epoch, so a stuck thread never shares an epoch with its successor.
 *   <li><em>An owner that is dead, and nobody takes over</em>: candidates look when the expiry they read has come, and
 *       once a second whatever happens. NOTIFY, peer links, ZooKeeper and death certificates only wake them, or free a
 *       lease early; each may be wrong or missing.
 *   <li><em>A wrong death certificate</em>: frees a lease whose owner lives. That owner is fenced by the claim like any
 *       former one, learns it at its next renewal, lets go of everything and starts anew: a failover for nothing, no
 *       second owner. Peers certify only where the owner's host refuses a connection and the database has none of its
 *       connections left, so who is frozen or cut off is never certified.
 *   <li><em>Candidates that disagree who is first</em>: the order of claims is courtesy. Two that claim at once meet at
 *       the fence row, and the second finds the lease taken.
 *   <li><em>Rows that were edited by hand</em>: a claim goes above the highest epoch of the history, whatever the fence
 *       row says; a lease row that is missing is made anew; a renewal that reads another owner or epoch ends the
 *       tenure.
 *   <li><em>Two processes of one name</em>: they are different nodes, so never one owner; the younger stands for
 *       nothing.
 *   <li><em>A duty that is stuck</em> while its lease is renewed: its tenure ends for good, another candidate goes
 *       first.
 *   <li><em>A frozen owner that holds up its successor</em> inside an open transaction: the claimer ends exactly the
 *       backends that block this claim, and only where the owner is late, dead, or gave the
 *       scope back long enough ago.
 *   <li><em>Skewed clocks</em>: expiry is written and judged inside the database, deadlines by a monotonic clock; no
 *       two clocks are ever compared. The wall clock is measured against the database's and shown ({@code ClockSkew}),
 *       and nothing here reads it for anything else.
 * </ul>
 *
 * <p>{@link io.callisto.ha.LeaseCoordinator} is the way in for a JVM, {@link io.callisto.ha.FencedTransaction} for
 * data. The decisions ({@code ClaimDecision}, {@code ClaimOrder}, {@code RenewalDecision}, {@code FailBackDecision},
 * {@code Epochs}, {@code TimingProfile}) are pure.
 */
@NullMarked
package io.callisto.ha;

import org.jspecify.annotations.NullMarked;
