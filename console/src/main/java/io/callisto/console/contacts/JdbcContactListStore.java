package io.callisto.console.contacts;

import io.callisto.console.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code contact_list}. Thread-safe. */
final class JdbcContactListStore {
    private final JdbcClient jdbc;

    JdbcContactListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether lists may be made in the zone; until the transaction ends it cannot be deleted. */
    boolean zoneExists(int zoneId) {
        return jdbc.sql("select 1 from zone where zone_id = :zone and state = 'ACTIVE' for share")
                .param("zone", zoneId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    ContactList insert(int organisationId, String name, int zoneId) {
        return jdbc.sql("""
                        insert into contact_list (organisation_id, zone_id, name) values (:organisation, :zone, :name)
                        returning contact_list_id, name, zone_id, created_at
                        """)
                .param("organisation", organisationId)
                .param("zone", zoneId)
                .param("name", name)
                .query(JdbcContactListStore::list)
                .single();
    }

    Optional<ContactList> find(int organisationId, int contactListId) {
        return jdbc.sql("""
                        select contact_list_id, name, zone_id, created_at from contact_list
                        where contact_list_id = :id and organisation_id = :organisation
                        """)
                .param("id", contactListId)
                .param("organisation", organisationId)
                .query(JdbcContactListStore::list)
                .optional();
    }

    /** The lists after an id, at most one more than {@code limit}. */
    List<ContactList> after(int organisationId, long afterId, int limit) {
        return jdbc.sql("""
                        select contact_list_id, name, zone_id, created_at from contact_list
                        where organisation_id = :organisation and contact_list_id > :after
                        order by contact_list_id limit :rows
                        """)
                .param("organisation", organisationId)
                .param("after", afterId)
                .param("rows", limit + 1)
                .query(JdbcContactListStore::list)
                .list();
    }

    long contacts(int contactListId) {
        return jdbc.sql("select count(*) from contact where contact_list_id = :id")
                .param("id", contactListId)
                .query(Long.class)
                .single();
    }

    private static ContactList list(ResultSet row, int number) throws SQLException {
        return new ContactList(
                row.getInt("contact_list_id"),
                Columns.text(row, "name"),
                row.getInt("zone_id"),
                Columns.instant(row, "created_at"),
                null);
    }
}
