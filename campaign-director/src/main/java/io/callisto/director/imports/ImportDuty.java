package io.callisto.director.imports;

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
    private final JdbcZoneStore zones;
    private final ZoneSeat seat;
    private final int chunkRows;
    private final ImportMetrics metrics;
    private final JsonMapper json = JsonMapper.builder().build();
    private @Nullable OpenImport open;
    private boolean lookedOver;
    private boolean pulse = true;
    private boolean leaving;

    ImportDuty(
            ImportTools tools,
            JdbcImportStore imports,
            JdbcZoneStore zones,
            ChunkWriter writer,
            ImportCommands commands,
            ZoneSeat seat) {
        this.reads = tools.reads();
        this.fenced = tools.fenced();
        this.phones = tools.phones();
        this.chunkRows = tools.chunkRows();
        this.metrics = tools.metrics();
        this.imports = imports;
        this.writer = writer;
        this.commands = commands;
        this.zones = zones;
        this.seat = seat;
    }

    @Override
    public void takeOver(Lease lease) {
        log.atInfo()
                .addKeyValue("zone", seat.zone())
                .addKeyValue("epoch", lease.epoch())
                .log("zone director is here");
        close();
    }

    @Override
    public int doWork(Lease lease) {
        if (leaving) {
            seat.handOver().run();
            return 0;
        }
        JdbcZoneStore.Look look = look(lease);
        int done = 0;
        if (look.orders()) {
            ImportCommands.Result result = commands.apply(lease);
            done = result.settled();
            if (result.leaves()) {
                leaving = true;
                log.atInfo().addKeyValue("zone", seat.zone()).log("zone director hands over");
                seat.handOver().run();
                return 0;
            }
        }
        Optional<ContactImport> oldest = look.imports() ? imports.oldest(reads, seat.zone()) : Optional.empty();
        lookedOver = true;
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

    /**
     * Looks at the zone: first, and while a job is dialed in it, in a fenced transaction, so that a director that is no
     * longer the zone's is found out soon although it has nothing to write.
     */
    private JdbcZoneStore.Look look(Lease lease) {
        JdbcZoneStore.Look look =
                pulse ? fenced.run(lease, jdbc -> zones.look(jdbc, seat.zone())) : zones.look(reads, seat.zone());
        // The chunks of an import are fenced themselves.
        pulse = look.dialing() && !look.imports();
        return look;
    }

    @Override
    public String firstWork() {
        return "imports looked over";
    }

    @Override
    public boolean firstWorkDone(int done) {
        return lookedOver;
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
