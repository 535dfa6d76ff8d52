package io.callisto.rules.decide;

import io.callisto.domain.CampaignId;
import io.callisto.domain.OrganisationId;
import io.callisto.domain.strategy.CallingWindow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the candidates of a batch share.
 *
 * @param organisation whose contacts they are
 * @param campaign whose job asks
 * @param now the database's clock when the candidates were read
 * @param window when they may be called, in their own zones; null: at any time
 * @param maxAttempts at one contact in the job; 0: no limit
 * @param minGap between two attempts at one number
 */
public record BatchFacts(
        OrganisationId organisation,
        CampaignId campaign,
        Instant now,
        @Nullable CallingWindow window,
        int maxAttempts,
        Duration minGap) {
    public BatchFacts {
        if (maxAttempts < 0 || minGap.isNegative()) {
            throw new IllegalArgumentException("negative limit: maxAttempts " + maxAttempts + ", minGap " + minGap);
        }
    }
}
