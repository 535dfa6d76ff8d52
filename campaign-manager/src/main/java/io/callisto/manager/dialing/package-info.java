/**
 * The dial path of one job in one zone: queue, rules, pacing, reservation, placing, progress, completion, retry.
 *
 * <p>The owner of scope {@code job/{job}/{zone}} runs a {@link io.callisto.manager.dialing.DialingDuty}: one thread, to
 * which
 * everything in this package belongs unless a class says otherwise. Blocking calls (rule engine, gateways) run
 * elsewhere and come
 * back as messages in the {@code Mailbox}; SQL is done in batches by the duty itself.
 *
 * <p>Keeps INV-3 (no second call of the same plan step): a call is placed only after its attempt was committed under
 * the fence, only by
 * the gateway that the attempt names, and sent once; whatever is unclear afterwards is asked of that gateway, never
 * sent again.
 * Memory is a copy of the database: where the outcome of a transaction is unknown the duty ends by throwing and its
 * successor reads anew.
 */
@NullMarked
package io.callisto.manager.dialing;

import org.jspecify.annotations.NullMarked;
