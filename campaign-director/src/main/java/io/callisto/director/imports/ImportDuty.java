package io.callisto.director.imports;

import io.callisto.domain.ZoneId;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * A zone director's imports: one after another, a chunk each time it is asked. What is in memory (the open file and its
 * position) only saves reading the file again; the truth is {@code contact_import.cursor_rows}.
 */
final class ImportDuty implements RoleDuty {
    private static final Logger log = LoggerFactory.getLogger(ImportDuty.class);

    private static final int CATCH_UP_ROWS = 50_000;

    private final JdbcClient reads;
    private final FencedTransaction fenced;
    private final JdbcImportStore imports;
    private final ChunkWriter writer;
    private final ImportCommands commands;
    private final PhoneCheck phones;
    private final ZoneId zone;
    private final int chunkRows;
    private final ImportMetrics metrics;
    private final JsonMapper json = JsonMapper.builder().build();
    private @Nullable OpenImport open;

    ImportDuty(ImportTools tools, JdbcImportStore imports, ChunkWriter writer, ImportCommands commands, ZoneId zone) {
        this.reads = tools.reads();
        this.fenced = tools.fenced();
        this.phones = tools.phones();
        this.chunkRows = tools.chunkRows();
        this.metrics = tools.metrics();
        this.imports = imports;
        this.writer = writer;
        this.commands = commands;
        this.zone = zone;
    }

    @Override
    public void takeOver(Lease lease) {
        log.atInfo()
                .addKeyValue("zone", zone)
                .addKeyValue("epoch", lease.epoch())
                .log("zone director is here");
        close();
    }

    @Override
    public int doWork(Lease lease) {
        int done = commands.apply(lease);
        Optional<ContactImport> oldest = imports.oldest(reads, zone);
        if (oldest.isEmpty()) {
            close();
            return done;
        }
        try {
            work(lease, oldest.get());
        } catch (UnreadableFile unreadable) {
            fail(lease, oldest.get(), unreadable);
        }
        return done + 1;
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private void work(Lease lease, ContactImport row) {
        OpenImport current = open;
        if (current == null || !current.row().id().equals(row.id()) || current.cursor() != row.cursor()) {
            close();
            if (!row.running()) {
                begin(lease, row);
            }
            open = OpenImport.open(
                    row, new PartsStream(part -> imports.partAfter(reads, row.id(), part)), phones, json);
            return;
        }
        OpenImport running = current;
        if (!running.catchUp(CATCH_UP_ROWS)) {
            return;
        }
        List<RowCheck.Verdict> verdicts = running.read(chunkRows);
        boolean last = verdicts.size() < chunkRows;
        ChunkResult result = fenced.run(lease, jdbc -> {
            ChunkResult chunk = writer.write(jdbc, running.row(), running.cursor(), running.updateExisting(), verdicts);
            if (last) {
                imports.end(jdbc, running.row().id(), "COMPLETED", null);
            }
            return chunk;
        });
        running.advance(verdicts.size());
        metrics.chunk(result);
        if (last) {
            close();
            log.atInfo()
                    .addKeyValue("import", row.id())
                    .addKeyValue("rows", running.cursor())
                    .log("import completed");
        }
    }

    private void begin(Lease lease, ContactImport row) {
        fenced.run(lease, jdbc -> {
            imports.begin(jdbc, row.id());
            return row.id();
        });
        log.atInfo()
                .addKeyValue("import", row.id())
                .addKeyValue("list", row.list())
                .log("import started");
    }

    private void fail(Lease lease, ContactImport row, UnreadableFile unreadable) {
        close();
        String before = row.cursor() == 0
                ? ""
                : " (the first " + row.cursor()
                        + " rows are done; when the file is corrected, import it again with option"
                        + " updateExisting)";
        fenced.run(lease, jdbc -> {
            imports.end(jdbc, row.id(), "FAILED", unreadable.getMessage() + before);
            return row.id();
        });
        log.atWarn()
                .addKeyValue("import", row.id())
                .addKeyValue("reason", unreadable.getMessage())
                .log("import failed");
    }
}
