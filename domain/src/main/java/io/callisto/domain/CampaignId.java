package io.callisto.domain;

/**
 * Id of a campaign.
 *
 * @param value not negative
 */
public record CampaignId(int value) {
    public CampaignId {
        Ids.notNegative(value, "CampaignId");
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
