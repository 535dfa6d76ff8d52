/** Campaigns. */
@NullMarked
package io.callisto.console.campaigns;

import org.jspecify.annotations.NullMarked;
