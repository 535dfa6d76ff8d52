package io.callisto.console.donotcall;

import io.callisto.console.audit.Audited;
import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.audit.Change;
import io.callisto.console.idempotency.Created;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.paging.Cursor;
import io.callisto.console.paging.Page;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.FieldProblem;
import io.callisto.console.security.Caller;
import io.callisto.domain.PhoneNumber;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The organisation's do-not-call list. */
@RestController
@RequestMapping(path = "/api/v1/do-not-call", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Do not call")
final class DoNotCallController {
    private static final Logger log = LoggerFactory.getLogger(DoNotCallController.class);

    /** Errors that one answer lists. */
    private static final int MOST_ERRORS = 100;

    private final JdbcDoNotCallStore numbers;
    private final IdempotentRequests requests;
    private final AuditedWrites audit;

    DoNotCallController(JdbcDoNotCallStore numbers, IdempotentRequests requests, AuditedWrites audit) {
        this.numbers = numbers;
        this.requests = requests;
        this.audit = audit;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "addDoNotCall", summary = "Adds numbers, all or none; those on the list get the new end")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DoNotCallAdded.class)))
    ResponseEntity<Object> add(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody DoNotCallRequest request) {
        SortedSet<String> wanted = checked(request.phoneNumbers());
        return requests.run(caller, key, "POST /api/v1/do-not-call", request, () -> {
            DoNotCallAdded done = numbers.add(caller.organisationId(), wanted, request.until(), caller.name());
            log.atInfo()
                    .addKeyValue("organisation", caller.organisationId())
                    .addKeyValue("added", done.added())
                    .addKeyValue("updated", done.updated())
                    .addKeyValue("by", caller.name())
                    .log("do-not-call list extended");
            Change change = Change.of("do-not-call.add", "do-not-call")
                    .with("added", done.added())
                    .with("updated", done.updated());
            return Created.done(done, change);
        });
    }

    @GetMapping
    @Operation(operationId = "listDoNotCall", summary = "The list, by number")
    Page<DoNotCallEntry> list(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return Page.cut(
                numbers.after(caller.organisationId(), Cursor.text(cursor, ""), limit),
                limit,
                entry -> Cursor.of(entry.phoneNumber()));
    }

    @DeleteMapping("/{phoneNumber}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeDoNotCall", summary = "Takes a number off the list")
    void delete(
            @Parameter(hidden = true) Caller caller,
            @Parameter(example = "+493012345678") @PathVariable String phoneNumber) {
        String number = checked(List.of(phoneNumber)).first();
        PhoneNumber masked = new PhoneNumber(number);
        audit.run(caller, () -> {
            if (!numbers.delete(caller.organisationId(), number)) {
                throw ApiProblem.notFound("do-not-call entry for", masked);
            }
            return new Audited<>(
                    masked, Change.of("do-not-call.remove", "do-not-call").with("phoneNumber", masked.toString()));
        });
        log.atInfo()
                .addKeyValue("organisation", caller.organisationId())
                .addKeyValue("by", caller.name())
                .log("number taken off the do-not-call list");
    }

    private static SortedSet<String> checked(List<String> given) {
        SortedSet<String> wanted = new TreeSet<>();
        List<FieldProblem> problems = new ArrayList<>();
        for (int i = 0; i < given.size() && problems.size() < MOST_ERRORS; i++) {
            try {
                wanted.add(new PhoneNumber(given.get(i)).e164());
            } catch (IllegalArgumentException notE164) {
                problems.add(new FieldProblem(
                        "phoneNumbers[" + i + "]", "must be in E.164 form: +, country code, number, digits only"));
            }
        }
        if (!problems.isEmpty()) {
            throw ApiProblem.invalid(problems);
        }
        return wanted;
    }
}
