/** Cursor paging. */
@NullMarked
package io.callisto.console.paging;

import org.jspecify.annotations.NullMarked;
