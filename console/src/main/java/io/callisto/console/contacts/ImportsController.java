package io.callisto.console.contacts;

import io.callisto.console.commands.CommandAccepted;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.paging.Cursor;
import io.callisto.console.paging.Page;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.security.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Imports of contacts. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Imports")
final class ImportsController {
    private static final String FILE = "id,title,firstName,lastName,phoneNumber1\nC1,Ms,Ada,Example,+493012345678\n";

    private final ImportQueue queue;
    private final JdbcImportStore imports;

    ImportsController(ImportQueue queue, JdbcImportStore imports) {
        this.queue = queue;
        this.imports = imports;
    }

    @PostMapping(path = "/contact-lists/{contactListId}/imports", consumes = "text/csv")
    @Operation(
            operationId = "importContacts",
            summary = "Imports a CSV file, sent as the body or as part 'file' of a form",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "text/csv",
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(FILE)),
                                @Content(
                                        mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                        schemaProperties =
                                                @SchemaProperty(
                                                        name = "file",
                                                        schema = @Schema(type = "string", format = "binary"))),
                            }))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ImportAccepted.class)))
    ResponseEntity<Object> importBody(
            @Parameter(hidden = true) Caller caller,
            @PathVariable int contactListId,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @ParameterObject @ModelAttribute ImportParameters parameters,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        String sent = request.getContentType() == null
                ? null
                : MediaType.parseMediaType(request.getContentType()).getParameter("charset");
        return queue.queue(
                caller,
                key,
                new ImportQueue.Arrival(
                        contactListId,
                        parameters.fileNameOr("upload.csv"),
                        parameters.options(sent),
                        request.getInputStream(),
                        request.getContentLengthLong()));
    }

    @PostMapping(path = "/contact-lists/{contactListId}/imports", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Hidden // one address is one operation in the document; it is described above
    ResponseEntity<Object> importForm(
            @Parameter(hidden = true) Caller caller,
            @PathVariable int contactListId,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @ParameterObject @ModelAttribute ImportParameters parameters,
            @RequestPart("file") MultipartFile file)
            throws IOException {
        String name = file.getOriginalFilename();
        return queue.queue(
                caller,
                key,
                new ImportQueue.Arrival(
                        contactListId,
                        parameters.fileNameOr(name == null || name.isBlank() ? "upload.csv" : name),
                        parameters.options(null),
                        file.getInputStream(),
                        file.getSize()));
    }

    @GetMapping("/imports/{importId}")
    @Operation(operationId = "getImport", summary = "How an import goes")
    ContactImport get(@Parameter(hidden = true) Caller caller, @PathVariable long importId) {
        return find(caller, importId).withErrors(imports.errorsByReason(importId));
    }

    @GetMapping("/imports/{importId}/errors")
    @Operation(operationId = "listImportErrors", summary = "Rows that an import rejected, by line")
    Page<ImportError> errors(
            @Parameter(hidden = true) Caller caller,
            @PathVariable long importId,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        find(caller, importId);
        return Page.cut(
                imports.errors(importId, Cursor.number(cursor, 0), limit), limit, error -> Cursor.of(error.line()));
    }

    @PostMapping("/imports/{importId}/cancel")
    @Operation(operationId = "cancelImport", summary = "Orders the list's director to cancel an import")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CommandAccepted.class)))
    ResponseEntity<Object> cancel(
            @Parameter(hidden = true) Caller caller,
            @PathVariable long importId,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key) {
        return queue.cancel(caller, key, importId);
    }

    private ContactImport find(Caller caller, long importId) {
        return imports.find(caller.organisationId(), importId)
                .orElseThrow(() -> ApiProblem.notFound("import", importId));
    }
}
