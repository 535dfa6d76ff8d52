package io.callisto.director.imports;

import io.callisto.domain.ContactListId;
import io.callisto.domain.ImportId;
import tools.jackson.databind.JsonNode;

/**
 * An import that is not finished.
 *
 * @param id key
 * @param list where the contacts go
 * @param options see {@link ImportOptions}
 * @param running false while it is queued
 * @param cursor data rows that are done
 */
record ContactImport(ImportId id, ContactListId list, JsonNode options, boolean running, long cursor) {}
