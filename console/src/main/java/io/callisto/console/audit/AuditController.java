package io.callisto.console.audit;

import io.callisto.console.paging.Cursor;
import io.callisto.console.paging.Page;
import io.callisto.console.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who changed what. */
@RestController
@RequestMapping(path = "/api/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Audit")
final class AuditController {
    private final JdbcAuditStore entries;

    AuditController(JdbcAuditStore entries) {
        this.entries = entries;
    }

    @GetMapping
    @Operation(
            operationId = "listAudit",
            summary = "Who changed what, newest first",
            description = "Users of one organisation see its entries only; what all share is seen by users of all.")
    Page<AuditEntry> list(
            @Parameter(hidden = true) Caller caller,
            @Parameter(example = "root") @RequestParam(required = false) @Nullable String user,
            @Parameter(description = "A thing, with all that is below it", example = "zone/3")
                    @RequestParam(required = false)
                    @Nullable
                    String target,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return Page.cut(
                entries.before(Cursor.number(cursor, Long.MAX_VALUE), limit, caller.boundTo(), user, target),
                limit,
                entry -> Cursor.of(entry.auditId()));
    }
}
