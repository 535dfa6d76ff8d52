/** Reading columns of result sets. */
@NullMarked
package io.callisto.console.sql;

import org.jspecify.annotations.NullMarked;
