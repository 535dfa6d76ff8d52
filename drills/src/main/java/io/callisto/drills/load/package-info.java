/** The load under which drills run: a campaign in all zones, and probes of what a campaign does not show. */
@NullMarked
package io.callisto.drills.load;

import org.jspecify.annotations.NullMarked;
