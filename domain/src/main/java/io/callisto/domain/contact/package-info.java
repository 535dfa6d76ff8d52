/** A contact within a job: its states and what follows an attempt. */
@NullMarked
package io.callisto.domain.contact;

import org.jspecify.annotations.NullMarked;
