/**
 * Who changed what: every change by REST leaves a row of table {@code audit_entry}, written by the transaction that
 * makes the change. No personal data and no secrets: ids, names of things, settings.
 */
@NullMarked
package io.callisto.console.audit;

import org.jspecify.annotations.NullMarked;
