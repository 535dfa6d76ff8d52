/**
 * Publishes attempt results over JMS (POM: result processor <em>publish</em>). The owner of {@code publication/0} sends
 * the rows of table {@code publication} in their order and deletes a row, fenced, only after the broker has stored the
 * message. A row may be sent twice, by one owner or by two; its id lets the broker drop the repeat. While there is no
 * broker the rows wait.
 */
@NullMarked
package io.callisto.events.publication;

import org.jspecify.annotations.NullMarked;
