package io.callisto.director.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactImportTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static ImportRig rig;

    @BeforeAll
    static void open() {
        rig = new ImportRig(DB.dataSource());
    }

    @Test
    void bad_rows_are_reported_by_line_while_good_rows_go_in() {
        int list = rig.list(0, "nasty");
        String file = "\uFEFFID,title,firstName,lastName,phoneNumber1,country,phoneNumber2,email\r\n" // 1
                + "1,Frau,\"Müller, geb. Weiß\",Anna,030 23125 001,DE,,a@example.com\r\n" // 2
                + "2,Mr,\"two\r\nlines, \"\"quoted\"\"\",Bob,020 7946 0001,gb,+44 161 496 0002,b@example.com\r\n" // 3-4
                + ",Mr,No,Id,+442079460003,,,\r\n" // 5
                + "4,Mr,Bad,Phone,12,DE,,\r\n" // 6
                + "5,Mr,Bad,Phone2,030 23125 002,DE,n/a,\r\n" // 7
                + "6,Mr,No,Country,030 23125 003,,,\r\n" // 8
                + "7,Mr,Wrong,Country,030 23125 004,XX,,\r\n" // 9
                + "1,Mr,Twice,InFile,030 23125 005,DE,,\r\n" // 10
                + "8,Mr,Too,Many,030 23125 006,DE,,,extra\r\n" // 11
                + "9,Too few\r\n" // 12
                + "\r\n" // 13: no row
                + "x".repeat(101) + ",Mr,Long,Id,030 23125 007,DE,,\r\n" // 14
                + "10,Mr,No,Phone,,DE,,\r\n" // 15
                + "11,Mr,Free,Phone,+800 1234 5678,,,\r\n" // 16
                + "12," + "t".repeat(1001) + ",Long,Value,030 23125 008,DE,,\r\n" // 17
                + "4,Mr,Same,IdAsABadRow,030 23125 009,DE,,"; // 18, without an end of line
        long id = rig.submit(list, file, "{}");
        rig.work(0, 2_000);

        assertThat(rig.errors(id))
                .containsExactly(
                        "5 MISSING_ID",
                        "6 BAD_PHONE",
                        "7 BAD_PHONE",
                        "8 BAD_PHONE",
                        "9 BAD_VALUE",
                        "10 DUPLICATE_ID",
                        "11 TOO_MANY_COLUMNS",
                        "12 TOO_FEW_COLUMNS",
                        "14 BAD_VALUE",
                        "15 BAD_PHONE",
                        "16 BAD_PHONE",
                        "17 BAD_VALUE");
        assertThat(rig.ended(id)).isEqualTo(new ImportRig.Ended("COMPLETED", "", 15, 3, 0, 12));
        assertThat(rig.ids(list)).containsExactly("1", "2", "4");
        var second = rig.contacts(list).get(1);
        assertThat(second)
                .containsEntry("first_name", "two\r\nlines, \"quoted\"")
                .containsEntry("phone_number_1", "+442079460001")
                .containsEntry("phone_number_2", "+441614960002");
        assertThat(rig.text(list, 1, "attributes")).isEqualTo("{\"country\": \"GB\"}");
        assertThat(rig.text(list, 1, "phone_1_zones")).contains("Europe/London");
        assertThat(rig.contacts(list).get(0)).containsEntry("first_name", "Müller, geb. Weiß");
    }

    @Test
    void reports_hold_neither_numbers_nor_names() {
        long id = rig.submit(rig.list(0, "private"), """
                ID,firstName,phoneNumber1,country
                1,Agatha,+49 3023125 99999999,DE
                2,Agatha,03055,DE
                3,Agatha,+491521234,+491521234
                4,Agatha
                """, "{}");
        rig.work(0, 2_000);
        assertThat(rig.details(id)).hasSize(4).noneMatch(detail -> detail.matches(".*(Agatha|\\d{4,}).*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {"','!comma", "','!,", "TAB!tab", "TAB!\\t", ":!colon", ";!semicolon", "|!pipe", "^!^", ";!;", "§!§"
            },
            quoteCharacter = '\'',
            ignoreLeadingAndTrailingWhitespace = false)
    void each_delimiter_works(String delimiter, String option, TestInfo test) {
        String d = delimiter.equals("TAB") ? "\t" : delimiter;
        String file = String.join(d, "ID", "firstName", "phoneNumber1") + "\n"
                + String.join(d, "1", "\"a" + d + "b\"", "+49 30 23125 001") + "\n";
        int list = rig.list(0, test.getDisplayName());
        long id = rig.submit(list, file, "{\"delimiter\": \"" + option.replace("\\", "\\\\") + "\"}");
        rig.work(0, 2_000);
        assertThat(rig.ended(id)).isEqualTo(new ImportRig.Ended("COMPLETED", "", 1, 1, 0, 0));
        assertThat(rig.contacts(list).get(0)).containsEntry("first_name", "a" + d + "b");
    }

    @Test
    void another_quote_character_works() {
        int list = rig.list(0, "quote");
        rig.submit(
                list, "ID;title;phoneNumber1\n'1;2';'it''s';+493023125001\n", "{\"delimiter\":\";\",\"quote\":\"'\"}");
        rig.work(0, 2_000);
        assertThat(rig.ids(list)).containsExactly("1;2");
        assertThat(rig.contacts(list).get(0)).containsEntry("title", "it's");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 64})
    void characters_may_be_cut_by_the_parts_of_the_file(int partSize) {
        int list = rig.list(0, "parts of " + partSize);
        String file = "\uFEFFID,firstName,phoneNumber1\r\n1,\"Zoë 陽菜 \uD83D\uDE00\",+493023125001\r\n";
        rig.submit(list, file.getBytes(StandardCharsets.UTF_8), "{}", partSize);
        rig.work(0, 2_000);
        assertThat(rig.contacts(list)).hasSize(1);
        assertThat(rig.contacts(list).get(0)).containsEntry("first_name", "Zoë 陽菜 \uD83D\uDE00");
    }

    @Test
    void a_file_that_is_not_utf_8_fails_with_the_place_and_what_to_do() {
        byte[] latin = "ID,firstName,phoneNumber1\n1,Anna,+493023125001\n2,J\u00fcrgen,+493023125002\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        long wrong = rig.submit(rig.list(0, "latin as utf"), latin, "{}", 1 << 16);
        int list = rig.list(0, "latin as latin");
        long right = rig.submit(list, latin, "{\"charset\": \"iso-8859-1\"}", 1 << 16);
        rig.work(0, 2_000);
        assertThat(rig.ended(wrong).state()).isEqualTo("FAILED");
        assertThat(rig.ended(wrong).failure())
                .contains(
                        "not valid UTF-8",
                        "line 3",
                        "byte offset 50",
                        "0xFC",
                        "save the file as UTF-8",
                        "windows-1252");
        assertThat(rig.ended(right)).isEqualTo(new ImportRig.Ended("COMPLETED", "", 2, 2, 0, 0));
        assertThat(rig.contacts(list).get(1)).containsEntry("first_name", "J\u00fcrgen");
    }

    @Test
    void a_character_that_is_cut_off_at_the_end_of_the_file_fails() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write("ID,phoneNumber1\n1,+493023125001\n2".getBytes(StandardCharsets.UTF_8));
        file.write(0xE2);
        long id = rig.submit(rig.list(0, "cut off"), file.toByteArray(), "{}", 1 << 16);
        rig.work(0, 2_000);
        assertThat(rig.ended(id).failure()).contains("not valid UTF-8: line 3");
    }

    @Test
    void a_utf_16_file_fails_with_its_name() {
        byte[] file = "\uFEFFID,phoneNumber1\n1,+493023125001\n".getBytes(StandardCharsets.UTF_16LE);
        long id = rig.submit(rig.list(0, "utf-16"), file, "{}", 1 << 16);
        rig.work(0, 2_000);
        assertThat(rig.ended(id).failure()).contains("UTF-16", "save it as UTF-8");
    }

    @Test
    void a_bad_byte_far_into_the_file_fails_it_but_keeps_what_was_committed() {
        StringBuilder text = new StringBuilder("ID,phoneNumber1\n");
        for (int i = 0; i < 3_000; i++) {
            text.append(i)
                    .append(",+4930231250")
                    .append(String.format("%02d", i % 100))
                    .append('\n');
        }
        byte[] file = (text + "last\u00ff").getBytes(StandardCharsets.ISO_8859_1);
        long id = rig.submit(rig.list(0, "late byte"), file, "{}", 1 << 16);
        rig.work(0, 500);
        ImportRig.Ended ended = rig.ended(id);
        assertThat(ended.state()).isEqualTo("FAILED");
        assertThat(ended.failure()).contains("line 3002", "updateExisting");
        assertThat(ended.imported()).isPositive().isEqualTo(ended.cursor());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "''#the file is empty",
                "'ID,phoneNumber1,shoeSize,firstName,pet\n1,2,3,4,5\n'#unknown columns: shoeSize, pet",
                "'firstName,ID,phoneNumber1\n'#first column the user contact id",
                "'ID;phoneNumber1\n1;2\n'#delimited by ';', but option delimiter is ','",
                "'1,Anna,+493023125001\n'#the first line must be the header",
                "'1,Anna,Anna,+493023125001\n'#called ID or userContactId",
                "'ID,firstName\n'#no column phoneNumber1",
                "'ID,phoneNumber1,phone_number_1\n'#column 'phone_number_1' twice",
                "'ID,phoneNumber1,\n'#column 3 of the header has no name",
            })
    void a_file_without_a_proper_header_fails(String file, String message) {
        ImportRig.Ended ended = rig.importNow("header " + file.hashCode(), file, "{}");
        assertThat(ended.state()).isEqualTo("FAILED");
        assertThat(ended.failure()).contains(message);
        assertThat(ended.cursor()).isZero();
    }

    @Test
    void a_file_of_only_a_header_completes_with_zero_rows() {
        assertThat(rig.importNow("header only", "ID,phoneNumber1\r\n", "{}"))
                .isEqualTo(new ImportRig.Ended("COMPLETED", "", 0, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "'{\"delimiter\": \"ab\"}'#option delimiter",
                "'{\"delimiter\": 7}'#option delimiter must be text",
                "'{\"delimiter\": \"\\\"\"}'#same character",
                "'{\"charset\": \"EBCDIC\"}'#option charset must be UTF-8",
                "'{\"defaultRegion\": \"XX\"}'#option defaultRegion",
                "'{\"updateExisting\": \"yes\"}'#option updateExisting must be true or false",
            })
    void options_that_make_no_sense_fail_the_import(String options, String message) {
        ImportRig.Ended ended =
                rig.importNow("options " + options.hashCode(), "ID,phoneNumber1\n1,+493023125001\n", options);
        assertThat(ended.state()).isEqualTo("FAILED");
        assertThat(ended.failure()).contains(message);
    }

    @Test
    void unknown_columns_become_attributes_when_asked_for() {
        int list = rig.list(0, "attributes");
        rig.submit(
                list,
                "userContactId,Phone Number 1,Shoe Size,country\n1,030 23125 001,\"4\"\"2\",de\n2,030 23125 002,,DE\n",
                "{\"storeUnknownColumns\": true}");
        rig.work(0, 2_000);
        assertThat(rig.text(list, 0, "attributes")).isEqualTo("{\"country\": \"DE\", \"Shoe Size\": \"4\\\"2\"}");
        assertThat(rig.text(list, 1, "attributes")).isEqualTo("{\"country\": \"DE\"}");
    }

    @Test
    void the_default_region_reads_national_numbers() {
        int list = rig.list(0, "region");
        rig.submit(list, "ID,phoneNumber1\n1,030 23125 001\n2,0044 20 7946 0001\n", "{\"defaultRegion\": \"de\"}");
        rig.work(0, 2_000);
        assertThat(rig.contacts(list))
                .extracting(row -> row.get("phone_number_1"))
                .containsExactly("+493023125001", "+442079460001");
    }

    @Test
    void ids_that_the_list_has_are_refused_or_updated_as_asked() {
        int list = rig.list(0, "existing");
        rig.submit(list, "ID,firstName,phoneNumber1\n1,Anna,+493023125001\n2,Bob,+493023125002\n", "{}");
        rig.work(0, 2_000);
        String again = "ID,firstName,phoneNumber1\n2,Bobby,+493023125012\n3,Cid,+493023125003\n2,Rob,+493023125022\n";

        long plain = rig.submit(list, again, "{}");
        rig.work(0, 1);
        assertThat(rig.ended(plain)).isEqualTo(new ImportRig.Ended("COMPLETED", "", 3, 1, 0, 2));
        assertThat(rig.details(plain)).allMatch(detail -> detail.contains("updateExisting"));

        long update = rig.submit(list, again, "{\"updateExisting\": true}");
        rig.work(0, 1);
        assertThat(rig.ended(update)).isEqualTo(new ImportRig.Ended("COMPLETED", "", 3, 0, 2, 1));
        assertThat(rig.errors(update)).containsExactly("4 DUPLICATE_ID");
        assertThat(rig.details(update).get(0)).contains("earlier in this file");
        assertThat(rig.contacts(list).get(1))
                .containsEntry("first_name", "Bobby")
                .containsEntry("phone_number_1", "+493023125012");
    }

    @Test
    void a_quote_that_is_never_closed_is_reported_and_not_silent() {
        long id = rig.submit(
                rig.list(0, "open quote"),
                "ID,firstName,phoneNumber1\n1,\"Anna,+493023125001\n2,Bob,+493023125002\n",
                "{}");
        rig.work(0, 2_000);
        assertThat(rig.errors(id)).containsExactly("2 TOO_FEW_COLUMNS");
        assertThat(rig.details(id).get(0)).contains("is a quote missing?");
    }

    @Test
    void the_shipped_sample_has_the_rows_that_its_readme_tells_and_goes_in_quickly() throws IOException {
        byte[] file = Files.readAllBytes(Path.of(System.getProperty("callisto.root", ".."))
                .resolve("server/src/main/resources/samples/contacts-5000.csv"));
        rig.submit(rig.list(0, "warm up"), file, "{}", 1 << 20);
        rig.work(0, 2_000);
        int list = rig.list(0, "sample");
        long id = rig.submit(list, file, "{}", 1 << 20);
        long start = System.nanoTime();
        rig.work(0, 2_000);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(rig.ended(id)).isEqualTo(new ImportRig.Ended("COMPLETED", "", 5_000, 4_800, 0, 200));
        assertThat(rig.jdbc
                        .sql("select reason || ' ' || count(*) from contact_import_error where import_id = :id"
                                + " group by reason order by reason")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .isEqualTo(List.of("BAD_PHONE 50", "DUPLICATE_ID 50", "MISSING_ID 50", "TOO_MANY_COLUMNS 50"));
        assertThat(rig.jdbc
                        .sql("select count(distinct phone_number_1) from contact where contact_list_id = :list")
                        .param("list", list)
                        .query(Long.class)
                        .single())
                .isEqualTo(4_800);
        assertThat(took).as("5,000 contacts").isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void a_zone_director_leaves_the_imports_of_other_zones_alone() {
        int other = rig.zone("East");
        long id = rig.submit(rig.list(other, "east"), "ID,phoneNumber1\n1,+493023125001\n", "{}");
        rig.work(0, 2_000);
        assertThat(rig.ended(id).state()).isEqualTo("QUEUED");
        rig.work(other, 2_000);
        assertThat(rig.ended(id).state()).isEqualTo("COMPLETED");
        assertThat(rig.jdbc
                        .sql("select count(*) from contact_import_file where import_id = :id")
                        .param("id", id)
                        .query(Long.class)
                        .single())
                .as("the file is not kept")
                .isZero();
    }
}
