package io.callisto.console.contacts;

import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.FieldProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a file is to be read; kept as JSON in {@code contact_import.options} for the director that imports it.
 *
 * @param delimiter one character between fields, or its name, such as {@code tab}
 * @param quote one character around fields
 * @param charset name of the encoding
 * @param defaultRegion ISO 3166 country of numbers that are written without a country code; null: such numbers are
 *     refused
 * @param updateExisting whether a row with a known id changes that contact; else it is refused as a duplicate
 * @param storeUnknownColumns whether columns without a meaning become attributes; else they fail the import
 */
record ImportOptions(
        String delimiter,
        String quote,
        String charset,
        @Nullable String defaultRegion,
        boolean updateExisting,
        boolean storeUnknownColumns) {
    private static final List<String> NAMED = List.of("comma", "tab", "colon", "semicolon", "pipe");
    private static final List<String> CHARSETS = List.of("UTF-8", "ISO-8859-1", "windows-1252", "US-ASCII");

    /** Refuses what no file can be read with, naming each wrong parameter. */
    void check() {
        List<FieldProblem> problems = new ArrayList<>();
        if (!oneCharacter(delimiter) && !NAMED.contains(delimiter)) {
            problems.add(new FieldProblem("delimiter", "must be one character, or one of " + NAMED));
        }
        if (!oneCharacter(quote) || quote.equals(delimiter)) {
            problems.add(new FieldProblem("quote", "must be one character, other than the delimiter"));
        }
        if (CHARSETS.stream().noneMatch(charset::equalsIgnoreCase)) {
            problems.add(new FieldProblem("charset", "must be one of " + CHARSETS));
        }
        if (defaultRegion != null && !Arrays.asList(Locale.getISOCountries()).contains(defaultRegion)) {
            problems.add(new FieldProblem("defaultRegion", "must be a country of ISO 3166, such as DE"));
        }
        if (!problems.isEmpty()) {
            throw ApiProblem.invalid(problems);
        }
    }

    private static boolean oneCharacter(String text) {
        return text.length() == 1 && "\r\n\0".indexOf(text.charAt(0)) < 0 && text.charAt(0) < 0xd800;
    }
}
