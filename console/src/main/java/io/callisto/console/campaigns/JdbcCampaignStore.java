package io.callisto.console.campaigns;

import io.callisto.console.sql.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables of campaigns. Thread-safe. */
final class JdbcCampaignStore {
    private final JdbcClient jdbc;

    JdbcCampaignStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean strategyExists(int organisationId, int strategyId) {
        return jdbc.sql("select 1 from campaign_strategy where strategy_id = :id and organisation_id = :organisation")
                .param("id", strategyId)
                .param("organisation", organisationId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Which of the lists the organisation has. */
    List<Integer> existingLists(int organisationId, List<Integer> lists) {
        return jdbc.sql("""
                        select contact_list_id from contact_list
                        where organisation_id = :organisation and contact_list_id in (:lists)
                        """)
                .param("organisation", organisationId)
                .param("lists", lists)
                .query(Integer.class)
                .list();
    }

    int insert(int organisationId, String name, String kind, int strategyId) {
        return jdbc.sql("""
                        insert into campaign (organisation_id, name, kind, strategy_id)
                        values (:organisation, :name, :kind, :strategy) returning campaign_id
                        """)
                .param("organisation", organisationId)
                .param("name", name)
                .param("kind", kind)
                .param("strategy", strategyId)
                .query(Integer.class)
                .single();
    }

    void insertLists(int campaignId, List<Integer> lists) {
        jdbc.sql("""
                        insert into campaign_list (campaign_id, contact_list_id)
                        select :campaign, contact_list_id from contact_list where contact_list_id in (:lists)
                        """).param("campaign", campaignId).param("lists", lists).update();
    }

    Optional<Campaign> find(int organisationId, int campaignId) {
        return select(organisationId, campaignId, (long) campaignId - 1, 1).stream()
                .findFirst();
    }

    /** The campaigns after an id, at most one more than {@code limit}. */
    List<Campaign> after(int organisationId, long afterId, int limit) {
        return select(organisationId, null, afterId, limit + 1);
    }

    private List<Campaign> select(int organisationId, @Nullable Integer only, long afterId, int rows) {
        return jdbc.sql("""
                        select campaign_id, name, kind, strategy_id, created_at,
                               array(select contact_list_id from campaign_list l where l.campaign_id = c.campaign_id
                                     order by contact_list_id) as lists
                        from campaign c
                        where organisation_id = :organisation and campaign_id > :after
                          and (cast(:only as integer) is null or campaign_id = :only)
                        order by campaign_id limit :rows
                        """)
                .param("organisation", organisationId)
                .param("after", afterId)
                .param("only", only)
                .param("rows", rows)
                .query((row, number) -> new Campaign(
                        row.getInt("campaign_id"),
                        Columns.text(row, "name"),
                        Columns.text(row, "kind"),
                        row.getInt("strategy_id"),
                        Arrays.asList((Integer[]) row.getArray("lists").getArray()),
                        Columns.instant(row, "created_at")))
                .list();
    }
}
