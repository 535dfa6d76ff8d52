package io.callisto.director.imports;

import java.util.List;

/**
 * A row as it stands in the file.
 *
 * @param line where it begins, the first line being 1
 * @param fields its values
 */
record CsvRow(long line, List<String> fields) {}
