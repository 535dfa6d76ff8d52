/** Who may still give commands: the highest epoch of each scope, and the tickets that make old commands too late. */
@NullMarked
package io.callisto.gateway.fence;

import org.jspecify.annotations.NullMarked;
