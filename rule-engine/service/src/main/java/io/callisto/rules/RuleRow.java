package io.callisto.rules;

import io.callisto.domain.CampaignId;
import io.callisto.domain.OrganisationId;
import io.callisto.rules.decide.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A row of table {@code rule}.
 *
 * @param id key
 * @param organisation null: all
 * @param campaign null: all
 * @param name reported with rulings
 * @param expression CEL
 * @param verdict where the expression is true
 */
record RuleRow(
        int id,
        @Nullable OrganisationId organisation,
        @Nullable CampaignId campaign,
        String name,
        String expression,
        Verdict verdict) {}
