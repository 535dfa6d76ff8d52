/** Numbers that must not be called. */
@NullMarked
package io.callisto.console.donotcall;

import org.jspecify.annotations.NullMarked;
