package io.callisto.console.contacts;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters of an import; all may be left out.
 *
 * @param fileName shown beside the import; default: that of the form's part, else upload.csv
 * @param delimiter default comma
 * @param quote default double quote
 * @param charset default: that of the Content-Type, else UTF-8 (with or without BOM)
 * @param defaultRegion country of numbers without a country code; default: none, such numbers are rejected
 * @param updateExisting default false: a known id is rejected as a duplicate
 * @param storeUnknownColumns default false: columns without a meaning fail the import; true: they become attributes
 */
record ImportParameters(
        @Size(min = 1, max = ImportParameters.LONGEST)
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        @Schema(example = "contacts.csv")
        @Nullable
        String fileName,

        @Schema(example = ",") @Nullable String delimiter,
        @Schema(example = "\"") @Nullable String quote,
        @Schema(example = "UTF-8") @Nullable String charset,
        @Schema(example = "DE") @Nullable String defaultRegion,
        @Nullable Boolean updateExisting,
        @Nullable Boolean storeUnknownColumns) {
    private static final int LONGEST = 200;

    String fileNameOr(String otherwise) {
        if (fileName != null) {
            return fileName;
        }
        return otherwise.replaceAll("\\p{Cntrl}", "?").substring(0, Math.min(LONGEST, otherwise.length()));
    }

    ImportOptions options(@Nullable String sentCharset) {
        String encoding = charset == null ? sentCharset : charset;
        return new ImportOptions(
                delimiter == null ? "," : delimiter,
                quote == null ? "\"" : quote,
                encoding == null ? "UTF-8" : encoding,
                defaultRegion == null ? null : defaultRegion.toUpperCase(Locale.ROOT),
                Boolean.TRUE.equals(updateExisting),
                Boolean.TRUE.equals(storeUnknownColumns));
    }
}
