package io.callisto.director.imports;

/** Why a row is left out; values of {@code contact_import_error.reason}. */
enum RowProblem {
    BAD_PHONE,
    MISSING_ID,
    DUPLICATE_ID,
    TOO_MANY_COLUMNS,
    TOO_FEW_COLUMNS,
    BAD_VALUE
}
