/** The campaign manager. */
@NullMarked
package io.callisto.manager;

import org.jspecify.annotations.NullMarked;
