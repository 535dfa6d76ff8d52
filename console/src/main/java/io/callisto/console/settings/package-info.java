/** Settings of the console. */
@NullMarked
package io.callisto.console.settings;

import org.jspecify.annotations.NullMarked;
