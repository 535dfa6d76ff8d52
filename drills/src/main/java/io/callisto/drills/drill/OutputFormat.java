package io.callisto.drills.drill;

/** How results are printed. With {@code JSON} standard output is only the JSON; progress goes to standard error. */
enum OutputFormat {
    TEXT,
    JSON
}
