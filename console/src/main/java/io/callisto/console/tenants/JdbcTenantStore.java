package io.callisto.console.tenants;

import io.callisto.console.security.Role;
import io.callisto.console.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code organisation} and {@code app_user}. Thread-safe. */
final class JdbcTenantStore {
    private final JdbcClient jdbc;

    JdbcTenantStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Organisation insertOrganisation(String name) {
        return jdbc.sql("""
                        insert into organisation (name) values (:name) returning organisation_id, name, created_at
                        """)
                .param("name", name)
                .query(JdbcTenantStore::organisation)
                .single();
    }

    /** The organisations after an id, at most one more than {@code limit}. */
    List<Organisation> organisationsAfter(long afterId, int limit) {
        return jdbc.sql("""
                        select organisation_id, name, created_at from organisation
                        where organisation_id > :after order by organisation_id limit :rows
                        """)
                .param("after", afterId)
                .param("rows", limit + 1)
                .query(JdbcTenantStore::organisation)
                .list();
    }

    /** What keeps an organisation from being deleted: the kinds of things that it has. */
    List<String> usesOf(int organisationId) {
        return jdbc.sql("""
                        select kind from (values
                          ('users', exists (select from app_user where organisation_id = :id)),
                          ('contact lists', exists (select from contact_list where organisation_id = :id)),
                          ('do-not-call entries', exists (select from do_not_call where organisation_id = :id)),
                          ('strategies', exists (select from campaign_strategy where organisation_id = :id)),
                          ('campaigns', exists (select from campaign where organisation_id = :id)),
                          ('jobs', exists (select from job where organisation_id = :id))) as uses(kind, found)
                        where found
                        """).param("id", organisationId).query(String.class).list();
    }

    boolean deleteOrganisation(int organisationId) {
        return jdbc.sql("delete from organisation where organisation_id = :id")
                        .param("id", organisationId)
                        .update()
                == 1;
    }

    boolean organisationExists(int organisationId) {
        return jdbc.sql("select 1 from organisation where organisation_id = :id")
                .param("id", organisationId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    User insertUser(String name, String passwordHash, Role role, @Nullable Integer organisationId) {
        return jdbc.sql("""
                        insert into app_user (organisation_id, name, password_hash, role)
                        values (:organisation, :name, :hash, :role)
                        returning user_id, name, role, organisation_id, enabled, created_at
                        """)
                .param("organisation", organisationId)
                .param("name", name)
                .param("hash", passwordHash)
                .param("role", role.name())
                .query(JdbcTenantStore::user)
                .single();
    }

    /**
     * The users after an id, at most one more than {@code limit}.
     *
     * @param organisationId whose users; null: all
     */
    List<User> usersAfter(@Nullable Integer organisationId, long afterId, int limit) {
        return jdbc.sql("""
                        select user_id, name, role, organisation_id, enabled, created_at from app_user
                        where user_id > :after
                          and (cast(:organisation as integer) is null or organisation_id = :organisation)
                        order by user_id limit :rows
                        """)
                .param("organisation", organisationId)
                .param("after", afterId)
                .param("rows", limit + 1)
                .query(JdbcTenantStore::user)
                .list();
    }

    private static Organisation organisation(ResultSet row, int number) throws SQLException {
        return new Organisation(
                row.getInt("organisation_id"), Columns.text(row, "name"), Columns.instant(row, "created_at"));
    }

    private static User user(ResultSet row, int number) throws SQLException {
        return new User(
                row.getInt("user_id"),
                Columns.text(row, "name"),
                Role.valueOf(Columns.text(row, "role")),
                Columns.integerOrNull(row, "organisation_id"),
                row.getBoolean("enabled"),
                Columns.instant(row, "created_at"));
    }
}
