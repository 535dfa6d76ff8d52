/** An attempt: its states, and how the media gateway's reports move it. */
@NullMarked
package io.callisto.domain.attempt;

import org.jspecify.annotations.NullMarked;
