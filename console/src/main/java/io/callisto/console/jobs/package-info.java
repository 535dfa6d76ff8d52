/** Jobs, their attempts, and the commands that REST leaves for the owners of scopes. */
@NullMarked
package io.callisto.console.jobs;

import org.jspecify.annotations.NullMarked;
