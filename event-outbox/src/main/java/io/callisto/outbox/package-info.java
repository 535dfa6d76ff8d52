/** Transactional outbox. */
@NullMarked
package io.callisto.outbox;

import org.jspecify.annotations.NullMarked;
