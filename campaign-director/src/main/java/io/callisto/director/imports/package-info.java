/**
 * Import of contacts from CSV files. Work of the owners of the scopes {@code director/{zone}}: the file lies in the
 * database in
 * parts, is streamed, and goes in by chunks; a chunk's contacts, errors, counters and cursor move in one fenced
 * transaction, so a
 * takeover goes on after the last committed row: none twice, none skipped (CD-14).
 *
 * <h2>The file</h2>
 *
 * The header line is required. Its first column is the user contact id and is called {@code ID}, {@code userContactId}
 * or {@code
 * userContact_ID}. {@code phoneNumber1} is required. Known besides: {@code title}, {@code firstName}, {@code lastName},
 * {@code
 * email}, {@code country}, {@code phoneNumber2}, {@code phoneNumber1Country}, {@code phoneNumber2Country}. Letter case,
 * spaces,
 * hyphens and underscores in names do not matter. Any other column fails the import before its first row, with the
 * column's
 * name, unless option {@code storeUnknownColumns} is true: then its values go into {@code contact.attributes} under the
 * name in
 * the header. The country of a row is kept there too, as {@code country}.
 *
 * <h2>The rows</h2>
 *
 * A row with an error is left out and reported in {@code contact_import_error} with the line on which it begins; all
 * others go
 * in. Empty lines are skipped and are no rows. A first good row with an id wins; later rows with that id are {@code
 * DUPLICATE_ID}. An id that the list already has is one too, unless option {@code updateExisting} is true. Numbers are
 * written
 * in E.164. National numbers are read in the country of the row ({@code phoneNumberNCountry}, else {@code country},
 * else option
 * {@code defaultRegion}). A number for which libphonenumber knows no time zone (such as +800) is {@code BAD_PHONE}: no
 * calling
 * window could ever open for it.
 */
@NullMarked
package io.callisto.director.imports;

import org.jspecify.annotations.NullMarked;
