package io.callisto.director.imports;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * An import at work: its open file. After a takeover it first passes over the rows that are done, a piece at a time,
 * because the
 * lease of the work that follows must be younger than that takes. Used by the role's thread only.
 */
final class OpenImport implements AutoCloseable {
    private final ContactImport row;
    private final ImportOptions options;
    private final CsvFile file;
    private final RowCheck check;
    private long cursor;
    private long passed;

    private OpenImport(ContactImport row, ImportOptions options, CsvFile file, RowCheck check) {
        this.row = row;
        this.options = options;
        this.file = file;
        this.check = check;
        this.cursor = row.cursor();
    }

    /**
     * Opens the file and reads its header.
     *
     * @throws UnreadableFile where file or options are of no use
     */
    static OpenImport open(ContactImport row, PartsStream content, PhoneCheck phones, JsonMapper json) {
        ImportOptions options = ImportOptions.of(row.options());
        CsvFile file = new CsvFile(content, options);
        return new OpenImport(row, options, file, new RowCheck(file.columns(), options.defaultRegion(), phones, json));
    }

    ContactImport row() {
        return row;
    }

    boolean updateExisting() {
        return options.updateExisting();
    }

    long cursor() {
        return cursor;
    }

    /**
     * Passes over up to {@code limit} rows that are done.
     *
     * @return whether the file now stands at the cursor
     */
    boolean catchUp(long limit) {
        long wanted = Math.min(limit, row.cursor() - passed);
        if (wanted > 0) {
            if (file.skip(wanted) < wanted) {
                throw new UnreadableFile("the file has fewer rows than were imported already");
            }
            passed += wanted;
        }
        return passed >= row.cursor();
    }

    /** Reads and checks up to {@code limit} rows; fewer only at the end of the file. */
    List<RowCheck.Verdict> read(int limit) {
        List<RowCheck.Verdict> verdicts = new ArrayList<>(limit);
        for (CsvRow next : file.next(limit)) {
            verdicts.add(check.check(next));
        }
        return verdicts;
    }

    /** The rows have been committed. */
    void advance(int rows) {
        cursor += rows;
    }

    @Override
    public void close() {
        file.close();
    }
}
