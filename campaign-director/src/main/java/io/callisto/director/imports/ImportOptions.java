package io.callisto.director.imports;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How to read a file; the JSON object in {@code contact_import.options}, where every field may be missing.
 *
 * @param delimiter {@code comma} (default), {@code tab}, {@code colon}, {@code semicolon}, {@code pipe}, or any one
 *     character
 * @param quote one character, {@code "} by default; doubled inside a quoted value
 * @param charset {@code UTF-8} (default; with or without byte order mark), {@code ISO-8859-1}, {@code windows-1252} or
 *     {@code
 *     US-ASCII}
 * @param defaultRegion ISO region of national numbers in rows without a country; null: such numbers are bad
 * @param updateExisting whether a row whose id the list already has updates that contact
 * @param storeUnknownColumns whether unknown columns are kept as attributes; else they fail the import
 */
record ImportOptions(
        char delimiter,
        char quote,
        Charset charset,
        @Nullable String defaultRegion,
        boolean updateExisting,
        boolean storeUnknownColumns) {
    private static final Map<String, Character> NAMED =
            Map.of("comma", ',', "tab", '\t', "\\t", '\t', "colon", ':', "semicolon", ';', "pipe", '|');
    private static final Map<String, Charset> CHARSETS = Map.of(
            "UTF-8", StandardCharsets.UTF_8,
            "UTF8", StandardCharsets.UTF_8,
            "ISO-8859-1", StandardCharsets.ISO_8859_1,
            "WINDOWS-1252", Charset.forName("windows-1252"),
            "US-ASCII", StandardCharsets.US_ASCII);

    /**
     * @throws UnreadableFile where an option makes no sense
     */
    static ImportOptions of(JsonNode json) {
        char delimiter = character(json, "delimiter", ',');
        char quote = character(json, "quote", '"');
        if (delimiter == quote) {
            throw new UnreadableFile("options: delimiter and quote are the same character");
        }
        return new ImportOptions(
                delimiter,
                quote,
                charset(json),
                region(json),
                flag(json, "updateExisting"),
                flag(json, "storeUnknownColumns"));
    }

    private static char character(JsonNode json, String name, char byDefault) {
        String text = text(json, name);
        if (text == null) {
            return byDefault;
        }
        Character named = NAMED.get(text.toLowerCase(Locale.ROOT));
        char value = named == null ? (text.length() == 1 ? text.charAt(0) : '\n') : named;
        if (value == '\n' || value == '\r' || value == 0 || Character.isSurrogate(value)) {
            throw new UnreadableFile("option " + name
                    + " must be one character, or one of comma, tab, colon, semicolon, pipe; it is '" + text + "'");
        }
        return value;
    }

    private static Charset charset(JsonNode json) {
        String text = text(json, "charset");
        Charset charset = text == null ? StandardCharsets.UTF_8 : CHARSETS.get(text.toUpperCase(Locale.ROOT));
        if (charset == null) {
            throw new UnreadableFile(
                    "option charset must be UTF-8, ISO-8859-1, windows-1252 or US-ASCII; it is '" + text + "'");
        }
        return charset;
    }

    private static @Nullable String region(JsonNode json) {
        String text = text(json, "defaultRegion");
        if (text == null) {
            return null;
        }
        String region = text.toUpperCase(Locale.ROOT);
        if (!PhoneNumberUtil.getInstance().getSupportedRegions().contains(region)) {
            throw new UnreadableFile(
                    "option defaultRegion must be an ISO 3166 region such as DE; it is '" + text + "'");
        }
        return region;
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()
                || value.isNull()
                || (value.isString() && value.stringValue().isEmpty())) {
            return null;
        }
        if (!value.isString()) {
            throw new UnreadableFile("option " + name + " must be text");
        }
        return value.stringValue();
    }

    private static boolean flag(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new UnreadableFile("option " + name + " must be true or false");
        }
        return value.booleanValue();
    }
}
