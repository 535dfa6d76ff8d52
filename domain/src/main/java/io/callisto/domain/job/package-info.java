/** A job, one run of a campaign: its states and what commands do to it. */
@NullMarked
package io.callisto.domain.job;

import org.jspecify.annotations.NullMarked;
