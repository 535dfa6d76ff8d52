package io.callisto.rules;

import io.callisto.domain.CampaignId;
import io.callisto.domain.OrganisationId;
import io.callisto.rules.decide.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads table {@code rule}. */
final class JdbcRuleStore {
    private static final String ENABLED = """
            select rule_id, organisation_id, campaign_id, name, expression, verdict
            from rule
            where enabled
            order by position, rule_id""";

    /**
     * The enabled rules in the order in which they are asked.
     *
     * @param jdbc of the fenced transaction
     */
    List<RuleRow> enabled(JdbcClient jdbc) {
        return jdbc.sql(ENABLED).query(JdbcRuleStore::row).list();
    }

    private static RuleRow row(ResultSet row, int number) throws SQLException {
        Integer organisation = row.getObject("organisation_id", Integer.class);
        Integer campaign = row.getObject("campaign_id", Integer.class);
        return new RuleRow(
                row.getInt("rule_id"),
                organisation == null ? null : new OrganisationId(organisation),
                campaign == null ? null : new CampaignId(campaign),
                row.getString("name"),
                row.getString("expression"),
                Verdict.valueOf(row.getString("verdict")));
    }
}
