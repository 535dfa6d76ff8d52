package io.callisto.director.imports;

/**
 * A row that is left out.
 *
 * @param line where the row begins, the first line of the file being 1
 * @param problem what kind
 * @param detail for the user; never a value of the row
 */
record RowError(long line, RowProblem problem, String detail) {}
