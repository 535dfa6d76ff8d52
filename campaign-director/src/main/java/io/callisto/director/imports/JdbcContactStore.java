package io.callisto.director.imports;

import io.callisto.domain.ContactListId;
import io.callisto.domain.ImportId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The import's part of table {@code contact}. One statement a chunk. Thread-safe. */
final class JdbcContactStore {
    // Rows keep the order of the file, so contact ids rise with it.
    private static final String INSERT = """
            insert into contact (contact_list_id, user_contact_id, title, first_name, last_name, email, phone_number_1,
                                 phone_1_zones, phone_number_2, phone_2_zones, attributes, import_id)
            select :list, r.id, r.title, r.first_name, r.last_name, r.email, r.phone_1, string_to_array(r.zones_1, ','),
                   r.phone_2, string_to_array(r.zones_2, ','), cast(r.attributes as jsonb), :import
              from unnest(cast(:ids as text[]), cast(:titles as text[]), cast(:firstNames as text[]),
                          cast(:lastNames as text[]), cast(:emails as text[]), cast(:phones1 as text[]),
                          cast(:zones1 as text[]), cast(:phones2 as text[]), cast(:zones2 as text[]),
                          cast(:attributes as text[]))
                with ordinality
                as r(id, title, first_name, last_name, email, phone_1, zones_1, phone_2, zones_2, attributes, position)
             order by r.position
            on conflict (contact_list_id, user_contact_id) do nothing
            returning user_contact_id, true as inserted
            """;
    // A contact that this import wrote already is a duplicate within the file and stays as its first row made it.
    private static final String UPSERT = """
            insert into contact (contact_list_id, user_contact_id, title, first_name, last_name, email, phone_number_1,
                                 phone_1_zones, phone_number_2, phone_2_zones, attributes, import_id)
            select :list, r.id, r.title, r.first_name, r.last_name, r.email, r.phone_1, string_to_array(r.zones_1, ','),
                   r.phone_2, string_to_array(r.zones_2, ','), cast(r.attributes as jsonb), :import
              from unnest(cast(:ids as text[]), cast(:titles as text[]), cast(:firstNames as text[]),
                          cast(:lastNames as text[]), cast(:emails as text[]), cast(:phones1 as text[]),
                          cast(:zones1 as text[]), cast(:phones2 as text[]), cast(:zones2 as text[]),
                          cast(:attributes as text[]))
                with ordinality
                as r(id, title, first_name, last_name, email, phone_1, zones_1, phone_2, zones_2, attributes, position)
             order by r.position
            on conflict (contact_list_id, user_contact_id) do update
               set title = excluded.title, first_name = excluded.first_name, last_name = excluded.last_name,
                   email = excluded.email, phone_number_1 = excluded.phone_number_1,
                   phone_1_zones = excluded.phone_1_zones, phone_number_2 = excluded.phone_number_2,
                   phone_2_zones = excluded.phone_2_zones, attributes = excluded.attributes,
                   import_id = excluded.import_id, last_modified_on = clock_timestamp()
             where contact.import_id is distinct from excluded.import_id
            returning user_contact_id, xmax = 0 as inserted
            """;
    private static final String OF_THIS_IMPORT = """
            select user_contact_id, import_id is not distinct from :import as ours from contact
             where contact_list_id = :list and user_contact_id = any (cast(:ids as text[]))
            """;

    /**
     * Writes rows whose ids are all different.
     *
     * @return the ids that were written: true for a new contact, false for an updated one; the others are duplicates
     */
    Map<String, Boolean> write(
            JdbcClient jdbc, ContactListId list, ImportId id, List<ContactRow> rows, boolean updateExisting) {
        Map<String, Boolean> written = new HashMap<>();
        if (rows.isEmpty()) {
            return written;
        }
        jdbc.sql(updateExisting ? UPSERT : INSERT)
                .param("list", list.value())
                .param("import", id.value())
                .param("ids", texts(rows, ContactRow::userContactId))
                .param("titles", texts(rows, ContactRow::title))
                .param("firstNames", texts(rows, ContactRow::firstName))
                .param("lastNames", texts(rows, ContactRow::lastName))
                .param("emails", texts(rows, ContactRow::email))
                .param("phones1", texts(rows, row -> row.phone1().number().e164()))
                .param(
                        "zones1",
                        texts(rows, row -> String.join(",", row.phone1().timeZones())))
                .param("phones2", texts(rows, row -> number(row.phone2())))
                .param("zones2", texts(rows, row -> zones(row.phone2())))
                .param("attributes", texts(rows, ContactRow::attributes))
                .query((row, number) -> written.put(row.getString("user_contact_id"), row.getBoolean("inserted")))
                .list();
        return written;
    }

    /** Of ids that are in the list: true where this import wrote the contact. */
    Map<String, Boolean> ofThisImport(JdbcClient jdbc, ContactListId list, ImportId id, List<String> userContactIds) {
        Map<String, Boolean> ours = new HashMap<>();
        jdbc.sql(OF_THIS_IMPORT)
                .param("list", list.value())
                .param("import", id.value())
                .param("ids", userContactIds.toArray(String[]::new))
                .query((row, number) -> ours.put(row.getString("user_contact_id"), row.getBoolean("ours")))
                .list();
        return ours;
    }

    private static @Nullable String number(@Nullable CheckedPhone phone) {
        return phone == null ? null : phone.number().e164();
    }

    private static @Nullable String zones(@Nullable CheckedPhone phone) {
        return phone == null ? null : String.join(",", phone.timeZones());
    }

    private static @Nullable String[] texts(List<ContactRow> rows, Function<ContactRow, @Nullable String> value) {
        @Nullable String[] texts = new String[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = value.apply(rows.get(i));
        }
        return texts;
    }
}
