/**
 * The campaign manager: one process or child context per server; see {@link
 * io.callisto.manager.CampaignManagerApplication}.
 */
@NullMarked
package io.callisto.manager;

import org.jspecify.annotations.NullMarked;
