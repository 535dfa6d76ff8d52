package io.callisto.console.contacts;

import io.callisto.console.audit.Change;
import io.callisto.console.counting.CountMemory;
import io.callisto.console.idempotency.Created;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.paging.Cursor;
import io.callisto.console.paging.Page;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Contact lists. */
@RestController
@RequestMapping(path = "/api/v1/contact-lists", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Contact lists")
final class ContactListsController {
    private final JdbcContactListStore lists;
    private final CountMemory<Integer, Long> counts;
    private final IdempotentRequests requests;

    ContactListsController(JdbcContactListStore lists, CountMemory<Integer, Long> counts, IdempotentRequests requests) {
        this.lists = lists;
        this.counts = counts;
        this.requests = requests;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createContactList", summary = "Makes a contact list")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ContactList.class)))
    ResponseEntity<Object> create(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody ContactListRequest request) {
        return requests.run(caller, key, "POST /api/v1/contact-lists", request, () -> {
            Integer wanted = request.zoneId();
            int zone = wanted == null ? 0 : wanted;
            if (!lists.zoneExists(zone)) {
                throw ApiProblem.invalid("zoneId", "there is no zone " + zone);
            }
            ContactList list = lists.insert(caller.organisationId(), request.name(), zone);
            Change change = Change.of("contact-list.create", "contact-list/" + list.contactListId())
                    .with("name", request.name())
                    .with("zoneId", zone);
            return Created.at("/api/v1/contact-lists/" + list.contactListId(), list.withContacts(0), change);
        });
    }

    @GetMapping
    @Operation(operationId = "listContactLists", summary = "Contact lists, without counts")
    Page<ContactList> list(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return Page.cut(
                lists.after(caller.organisationId(), Cursor.number(cursor, -1), limit),
                limit,
                list -> Cursor.of(list.contactListId()));
    }

    @GetMapping("/{contactListId}")
    @Operation(operationId = "getContactList", summary = "A contact list, with the number of its contacts")
    ContactList get(@Parameter(hidden = true) Caller caller, @PathVariable int contactListId) {
        ContactList list = lists.find(caller.organisationId(), contactListId)
                .orElseThrow(() -> ApiProblem.notFound("contact list", contactListId));
        return list.withContacts(counts.get(contactListId, () -> lists.contacts(contactListId)));
    }
}
