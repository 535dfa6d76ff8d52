package io.callisto.rules.decide;

import io.callisto.domain.CampaignId;
import io.callisto.domain.OrganisationId;
import org.jspecify.annotations.Nullable;

/**
 * A rule that users wrote.
 *
 * @param organisation whom it binds; null: all
 * @param campaign which it binds; null: all
 * @param name reported with its rulings
 * @param verdict RESTRICT or DEFER, where the expression is true
 * @param expression true where the contact may not be called now
 */
public record UserRule(
        @Nullable OrganisationId organisation,
        @Nullable CampaignId campaign,
        String name,
        Verdict verdict,
        Expression expression) {
    public UserRule {
        if (verdict == Verdict.ALLOW) {
            throw new IllegalArgumentException("a rule can only restrict or defer");
        }
    }

    boolean binds(BatchFacts batch) {
        return (organisation == null || organisation.equals(batch.organisation()))
                && (campaign == null || campaign.equals(batch.campaign()));
    }
}
