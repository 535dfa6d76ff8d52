/** The topics of every organisation, and the position topic: created before anything is published to them. */
@NullMarked
package io.callisto.events.topics;

import org.jspecify.annotations.NullMarked;
