/**
 * The roles {@code aggregator/0}, {@code aggregator/1}, ...: join the events of an attempt, its job and its agents into
 * one result and write it into the outbox. What was read and what came of it are committed together, fenced, so that
 * every event counts exactly once (INV-1, INV-12). {@link io.callisto.events.aggregate.Dossier} and {@link
 * io.callisto.events.aggregate.ResultDecision} say what a result is, and are pure; the rest reads, stores and waits.
 */
@NullMarked
package io.callisto.events.aggregate;

import org.jspecify.annotations.NullMarked;
