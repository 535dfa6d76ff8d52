/** Operating-system processes of ours: how they are started, recognised again, watched and ended. */
@NullMarked
package io.callisto.server.process;

import org.jspecify.annotations.NullMarked;
