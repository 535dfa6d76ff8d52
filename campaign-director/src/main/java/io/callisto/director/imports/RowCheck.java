package io.callisto.director.imports;

import io.callisto.director.imports.ImportColumns.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Decides whether a row can go in. Knows nothing of other rows. Thread-safe. */
final class RowCheck {
    private static final int LONGEST_ID = 100;
    private static final int LONGEST_VALUE = 1_000;

    private final ImportColumns columns;
    private final @Nullable String defaultRegion;
    private final PhoneCheck phones;
    private final JsonMapper json;

    RowCheck(ImportColumns columns, @Nullable String defaultRegion, PhoneCheck phones, JsonMapper json) {
        this.columns = columns;
        this.defaultRegion = defaultRegion;
        this.phones = phones;
        this.json = json;
    }

    /**
     * Either a contact or what is wrong.
     *
     * @param row null where the row is bad
     * @param error null where it is good
     */
    record Verdict(@Nullable ContactRow row, @Nullable RowError error) {}

    Verdict check(CsvRow row) {
        List<String> fields = row.fields();
        if (fields.size() > columns.count()) {
            return bad(row, RowProblem.TOO_MANY_COLUMNS, counted(row));
        }
        if (fields.size() < columns.count()) {
            return bad(row, RowProblem.TOO_FEW_COLUMNS, counted(row));
        }
        String id = columns.value(fields, Column.ID);
        if (id == null) {
            return bad(row, RowProblem.MISSING_ID, "the first column, the user contact id, is empty");
        }
        if (id.length() > LONGEST_ID) {
            return bad(row, RowProblem.BAD_VALUE, "the user contact id is longer than " + LONGEST_ID + " characters");
        }
        for (int i = 0; i < fields.size(); i++) {
            String value = fields.get(i);
            if (value.length() > LONGEST_VALUE) {
                return bad(
                        row,
                        RowProblem.BAD_VALUE,
                        "column " + (i + 1) + " is longer than " + LONGEST_VALUE + " characters" + spanned(row));
            }
            if (value.indexOf('\0') >= 0) {
                return bad(row, RowProblem.BAD_VALUE, "column " + (i + 1) + " holds a NUL character");
            }
        }
        return contact(row, id);
    }

    private Verdict contact(CsvRow row, String id) {
        List<String> fields = row.fields();
        String country = region(columns.value(fields, Column.COUNTRY));
        String country1 = region(columns.value(fields, Column.PHONE_1_COUNTRY));
        String country2 = region(columns.value(fields, Column.PHONE_2_COUNTRY));
        for (String region : new String[] {country, country1, country2}) {
            if (region != null && !phones.knowsRegion(region)) {
                return bad(row, RowProblem.BAD_VALUE, "the country is no ISO region such as DE");
            }
        }
        String text1 = columns.value(fields, Column.PHONE_1);
        if (text1 == null) {
            return bad(row, RowProblem.BAD_PHONE, "phoneNumber1 is empty");
        }
        String fallback = country == null ? defaultRegion : country;
        PhoneCheck.Verdict phone1 = phones.check(text1, country1 == null ? fallback : country1);
        CheckedPhone number1 = phone1.phone();
        if (number1 == null) {
            return bad(row, RowProblem.BAD_PHONE, "phoneNumber1 " + phone1.problem());
        }
        CheckedPhone number2 = null;
        String text2 = columns.value(fields, Column.PHONE_2);
        if (text2 != null) {
            PhoneCheck.Verdict phone2 = phones.check(text2, country2 == null ? fallback : country2);
            number2 = phone2.phone();
            if (number2 == null) {
                return bad(row, RowProblem.BAD_PHONE, "phoneNumber2 " + phone2.problem());
            }
        }
        return new Verdict(
                new ContactRow(
                        row.line(),
                        id,
                        columns.value(fields, Column.TITLE),
                        columns.value(fields, Column.FIRST_NAME),
                        columns.value(fields, Column.LAST_NAME),
                        columns.value(fields, Column.EMAIL),
                        number1,
                        number2,
                        attributes(fields, country)),
                null);
    }

    private String attributes(List<String> fields, @Nullable String country) {
        if (country == null && columns.unknown().isEmpty()) {
            return "{}";
        }
        Map<String, String> attributes = new TreeMap<>();
        if (country != null) {
            attributes.put(Column.COUNTRY.text(), country);
        }
        columns.unknown().forEach((name, index) -> {
            String value = fields.get(index).strip();
            if (!value.isEmpty()) {
                attributes.put(name, value);
            }
        });
        return json.writeValueAsString(attributes);
    }

    private static @Nullable String region(@Nullable String text) {
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    private String counted(CsvRow row) {
        return row.fields().size() + " columns, the header has " + columns.count() + spanned(row);
    }

    /** An unbalanced quote swallows the lines that follow; the user sees it by the number of lines. */
    private static String spanned(CsvRow row) {
        long lines = 1;
        for (String field : row.fields()) {
            lines += field.chars().filter(c -> c == '\n').count();
        }
        return lines == 1 ? "" : "; the row goes over " + lines + " lines: is a quote missing?";
    }

    private static Verdict bad(CsvRow row, RowProblem problem, String detail) {
        return new Verdict(null, new RowError(row.line(), problem, detail));
    }
}
