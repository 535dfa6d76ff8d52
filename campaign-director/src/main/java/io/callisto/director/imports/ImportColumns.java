package io.callisto.director.imports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the header says that each value is.
 *
 * @param count columns of every row
 * @param known index of each known column that is there
 * @param unknown the other columns: header name to index
 */
record ImportColumns(int count, Map<Column, Integer> known, Map<String, Integer> unknown) {
    private static final Map<String, Column> NAMES = names();
    private static final int LONGEST_NAME = 100;

    /** A column that the import knows. */
    enum Column {
        ID("ID"),
        TITLE("title"),
        FIRST_NAME("firstName"),
        LAST_NAME("lastName"),
        PHONE_1("phoneNumber1"),
        PHONE_1_COUNTRY("phoneNumber1Country"),
        PHONE_2("phoneNumber2"),
        PHONE_2_COUNTRY("phoneNumber2Country"),
        EMAIL("email"),
        COUNTRY("country");

        private final String text;

        Column(String text) {
            this.text = text;
        }

        /** The name to use in messages. */
        String text() {
            return text;
        }
    }

    /**
     * Reads the header line.
     *
     * @throws UnreadableFile where it is none, or names columns that the import does not know
     */
    static ImportColumns of(List<String> header, ImportOptions options) {
        Map<Column, Integer> known = new EnumMap<>(Column.class);
        Map<String, Integer> unknown = new HashMap<>();
        List<String> strangers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        // First, because of a file without a header no value may get into a message.
        if (NAMES.get(plain(header.get(0).strip())) != Column.ID) {
            throw new UnreadableFile("the first line must be the header and its first column the user contact id,"
                    + " called ID or userContactId" + delimiterHint(header, options));
        }
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).strip();
            checkName(name, i);
            Column column = NAMES.get(plain(name));
            if (!seen.add(column == null ? plain(name) : column.text())) {
                throw new UnreadableFile("the header names column '" + name + "' twice");
            }
            if (column != null) {
                known.put(column, i);
            } else {
                unknown.put(name, i);
                strangers.add(name);
            }
        }
        if (!known.containsKey(Column.PHONE_1)) {
            throw new UnreadableFile("the header has no column phoneNumber1" + delimiterHint(header, options));
        }
        if (!strangers.isEmpty() && !options.storeUnknownColumns()) {
            throw new UnreadableFile("unknown columns: " + String.join(", ", strangers)
                    + ". Remove them, or set option storeUnknownColumns to keep them as attributes. Known columns: "
                    + knownNames());
        }
        return new ImportColumns(header.size(), Map.copyOf(known), Map.copyOf(unknown));
    }

    /** The value of a column in a row, stripped; null where it is empty or the file has no such column. */
    @Nullable
    String value(List<String> fields, Column column) {
        Integer index = known.get(column);
        if (index == null) {
            return null;
        }
        String value = fields.get(index).strip();
        return value.isEmpty() ? null : value;
    }

    private static void checkName(String name, int index) {
        if (name.isEmpty()) {
            throw new UnreadableFile(
                    "column " + (index + 1) + " of the header has no name; name it or remove the column");
        }
        if (name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw new UnreadableFile("column " + (index + 1) + " of the header has a name that is too long (over "
                    + LONGEST_NAME + " characters) or not text; is the first line the header?");
        }
    }

    /** The most frequent mistake is worth its own sentence. */
    private static String delimiterHint(List<String> header, ImportOptions options) {
        if (header.size() > 1) {
            return "";
        }
        for (char other : new char[] {',', ';', '\t', '|', ':'}) {
            if (other != options.delimiter() && header.get(0).indexOf(other) >= 0) {
                return "; it seems to be delimited by '" + (other == '\t' ? "tab" : other)
                        + "', but option delimiter is '" + (options.delimiter() == '\t' ? "tab" : options.delimiter())
                        + "'";
            }
        }
        return "";
    }

    private static String knownNames() {
        List<String> names = new ArrayList<>();
        for (Column column : Column.values()) {
            names.add(column.text());
        }
        return String.join(", ", names);
    }

    private static Map<String, Column> names() {
        Map<String, Column> names = new HashMap<>();
        for (Column column : Column.values()) {
            names.put(plain(column.text()), column);
        }
        names.put("usercontactid", Column.ID);
        return Map.copyOf(names);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
    }
}
