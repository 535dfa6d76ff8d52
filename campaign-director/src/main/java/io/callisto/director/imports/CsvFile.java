package io.callisto.director.imports;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file, one after another; never more of it in memory than a row and its buffers. Characters after a
 * closing quote
 * are taken as part of the value, because one bad row must not end the file. Used by one thread.
 */
final class CsvFile implements AutoCloseable {
    /** Most characters of one row's values; a quote that is never closed ends here. */
    private static final int LONGEST_ROW = 1 << 20;

    private final CloseableIterator<CsvRecord> records;
    private final ImportColumns columns;
    private long lastLine = 1;

    /**
     * Opens the file and reads its header.
     *
     * @throws UnreadableFile where it is empty, badly encoded or has no proper header
     */
    CsvFile(InputStream content, ImportOptions options) {
        this.records = CsvReader.builder()
                .fieldSeparator(options.delimiter())
                .quoteCharacter(options.quote())
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(LONGEST_ROW)
                .ofCsvRecord(new StrictReader(content, options.charset()))
                .iterator();
        CsvRow header = read();
        if (header == null) {
            throw new UnreadableFile("the file is empty; its first line must be the header, such as"
                    + " ID,firstName,lastName,phoneNumber1,country");
        }
        this.columns = ImportColumns.of(header.fields(), options);
    }

    ImportColumns columns() {
        return columns;
    }

    /** Passes over rows that are done. Returns how many there were, which is less only at the end of the file. */
    long skip(long rows) {
        long skipped = 0;
        while (skipped < rows && read() != null) {
            skipped++;
        }
        return skipped;
    }

    /** Up to {@code limit} rows; fewer only at the end of the file. */
    List<CsvRow> next(int limit) {
        List<CsvRow> rows = new ArrayList<>(limit);
        while (rows.size() < limit) {
            CsvRow row = read();
            if (row == null) {
                break;
            }
            rows.add(row);
        }
        return rows;
    }

    private @Nullable CsvRow read() {
        try {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord next = records.next();
            lastLine = next.getStartingLineNumber();
            return new CsvRow(lastLine, next.getFields());
        } catch (CsvParseException tooLong) {
            if (tooLong.getCause() instanceof RuntimeException fromBelow && !(fromBelow instanceof CsvParseException)) {
                throw fromBelow; // the parser wraps what the stream throws
            }
            throw new UnreadableFile(
                    "the row after line " + lastLine + " is over " + LONGEST_ROW
                            + " characters long or has too many columns: is a quote missing there?",
                    tooLong);
        }
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
