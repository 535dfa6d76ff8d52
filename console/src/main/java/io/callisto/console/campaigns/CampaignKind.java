package io.callisto.console.campaigns;

/** Kinds of campaigns that can be made today: one that ends when all its contacts are done. */
enum CampaignKind {
    FINITE
}
