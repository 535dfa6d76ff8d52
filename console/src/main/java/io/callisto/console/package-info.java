/**
 * The console: REST API of every server. It owns no rows that a role owns: orders go through table {@code command}.
 * Called by operators, the command line and, later, the web pages.
 */
@NullMarked
package io.callisto.console;

import org.jspecify.annotations.NullMarked;
