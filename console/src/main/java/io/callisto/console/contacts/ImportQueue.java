package io.callisto.console.contacts;

import io.callisto.console.audit.Change;
import io.callisto.console.commands.CommandAccepted;
import io.callisto.console.commands.JdbcCommandStore;
import io.callisto.console.idempotency.Created;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.security.Caller;
import io.callisto.domain.ZoneId;
import io.callisto.ha.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;

/** Queues imports for the directors, file and all. Thread-safe. */
final class ImportQueue {
    /** Bytes of a part, a row of {@code contact_import_file}. */
    static final int PART = 256 * 1024;

    private static final Logger log = LoggerFactory.getLogger(ImportQueue.class);

    private final JdbcContactListStore lists;
    private final JdbcImportStore imports;
    private final JdbcCommandStore commands;
    private final UploadSpool spool;
    private final IdempotentRequests requests;

    ImportQueue(
            JdbcContactListStore lists,
            JdbcImportStore imports,
            JdbcCommandStore commands,
            UploadSpool spool,
            IdempotentRequests requests) {
        this.lists = lists;
        this.imports = imports;
        this.commands = commands;
        this.spool = spool;
        this.requests = requests;
    }

    /**
     * A file on its way in.
     *
     * @param body read once, to its end
     * @param announced its length, or -1
     */
    record Arrival(int contactListId, String fileName, ImportOptions options, InputStream body, long announced) {}

    ResponseEntity<Object> queue(Caller caller, @Nullable String key, Arrival arrival) {
        int listId = arrival.contactListId();
        if (lists.find(caller.organisationId(), listId).isEmpty()) {
            throw ApiProblem.notFound("contact list", listId);
        }
        arrival.options().check();
        try (UploadSpool.Upload upload = spool.receive(arrival.body(), arrival.announced())) {
            Object what = List.of(arrival.fileName(), arrival.options(), upload.sha256());
            String operation = "POST /api/v1/contact-lists/" + listId + "/imports";
            return requests.run(caller, key, operation, what, () -> store(caller, arrival, upload));
        }
    }

    private Created<ImportAccepted> store(Caller caller, Arrival arrival, UploadSpool.Upload upload) {
        long id = imports.insert(arrival.contactListId(), arrival.fileName(), arrival.options(), caller.name());
        try (InputStream content = upload.open()) {
            int part = 0;
            for (byte[] bytes = content.readNBytes(PART); bytes.length > 0; bytes = content.readNBytes(PART)) {
                imports.insertPart(id, part, bytes);
                part++;
            }
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
        imports.announce(id);
        log.atInfo()
                .addKeyValue("import", id)
                .addKeyValue("contactList", arrival.contactListId())
                .addKeyValue("bytes", upload.bytes())
                .log("import queued");
        Change change = Change.of("import.start", "import/" + id)
                .with("contactListId", arrival.contactListId())
                .with("bytes", upload.bytes());
        return Created.acceptedAt("/api/v1/imports/" + id, new ImportAccepted(id, "QUEUED"), change);
    }

    ResponseEntity<Object> cancel(Caller caller, @Nullable String key, long importId) {
        return requests.run(caller, key, "POST /api/v1/imports/" + importId + "/cancel", importId, () -> {
            if (imports.find(caller.organisationId(), importId).isEmpty()) {
                throw ApiProblem.notFound("import", importId);
            }
            String scope = Scope.director(new ZoneId(imports.zoneOf(importId))).value();
            long command = commands.insert(scope, "CANCEL_IMPORT", Map.of("importId", importId), caller.name());
            Change change = Change.of("import.cancel", "import/" + importId).with("commandId", command);
            return Created.acceptedAt("/api/v1/commands/" + command, new CommandAccepted(command, "PENDING"), change);
        });
    }
}
