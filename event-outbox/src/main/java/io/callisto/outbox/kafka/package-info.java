/**
 * Kafka as the event log: producer sessions fenced by transactional id, the position topic, the producers' settings.
 */
@NullMarked
package io.callisto.outbox.kafka;

import org.jspecify.annotations.NullMarked;
