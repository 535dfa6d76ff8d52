package io.callisto.console.tenants;

import io.callisto.console.audit.Audited;
import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.audit.Change;
import io.callisto.console.idempotency.Created;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.paging.Cursor;
import io.callisto.console.paging.Page;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.ProblemCode;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.crypto.password.PasswordEncoder;
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

/** Organisations and users. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Organisations and users")
final class TenantsController {
    private static final Logger log = LoggerFactory.getLogger(TenantsController.class);
    private static final int MOST_PASSWORD_BYTES = 72;

    private final JdbcTenantStore tenants;
    private final IdempotentRequests requests;
    private final AuditedWrites writes;
    private final PasswordEncoder passwords;

    TenantsController(
            JdbcTenantStore tenants, IdempotentRequests requests, AuditedWrites writes, PasswordEncoder passwords) {
        this.tenants = tenants;
        this.requests = requests;
        this.writes = writes;
        this.passwords = passwords;
    }

    @PostMapping(path = "/organisations", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createOrganisation", summary = "Makes an organisation")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Organisation.class)))
    ResponseEntity<Object> createOrganisation(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody OrganisationRequest request) {
        return requests.run(caller, key, "POST /api/v1/organisations", request, () -> {
            Organisation organisation = tenants.insertOrganisation(request.name());
            log.atInfo()
                    .addKeyValue("organisation", organisation.organisationId())
                    .addKeyValue("by", caller.name())
                    .log("organisation made");
            return new Created<>(
                    HttpStatus.CREATED,
                    null,
                    organisation,
                    Change.ofAll("organisation.create", "organisation/" + organisation.organisationId())
                            .with("name", organisation.name()));
        });
    }

    @DeleteMapping("/organisations/{organisationId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteOrganisation",
            summary = "Deletes an organisation that has nothing left, and with it the topics of its events")
    void deleteOrganisation(@Parameter(hidden = true) Caller caller, @PathVariable int organisationId) {
        if (organisationId == 0) {
            throw new ApiProblem(ProblemCode.CONFLICT, "The default organisation is always there.");
        }
        writes.run(caller, () -> {
            List<String> uses = tenants.usesOf(organisationId);
            if (!uses.isEmpty()) {
                throw inUse(organisationId, String.join(", ", uses));
            }
            if (!deleted(organisationId)) {
                throw ApiProblem.notFound("organisation", organisationId);
            }
            log.atInfo()
                    .addKeyValue("organisation", organisationId)
                    .addKeyValue("by", caller.name())
                    .log("organisation deleted");
            return new Audited<>(true, Change.ofAll("organisation.delete", "organisation/" + organisationId));
        });
    }

    private boolean deleted(int organisationId) {
        try {
            return tenants.deleteOrganisation(organisationId);
        } catch (DataIntegrityViolationException stillUsed) {
            throw inUse(organisationId, "something that refers to it");
        }
    }

    private static ApiProblem inUse(int organisationId, String what) {
        return new ApiProblem(
                ProblemCode.CONFLICT,
                "Organisation " + organisationId + " still has " + what + ": delete these first.");
    }

    @GetMapping("/organisations")
    @Operation(operationId = "listOrganisations", summary = "Organisations")
    Page<Organisation> organisations(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return Page.cut(
                tenants.organisationsAfter(Cursor.number(cursor, -1), limit),
                limit,
                organisation -> Cursor.of(organisation.organisationId()));
    }

    @PostMapping(path = "/users", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createUser", summary = "Makes a user")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = User.class)))
    ResponseEntity<Object> createUser(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody UserRequest request) {
        if (request.password().getBytes(StandardCharsets.UTF_8).length > MOST_PASSWORD_BYTES) {
            throw ApiProblem.invalid("password", "must not be longer than " + MOST_PASSWORD_BYTES + " bytes in UTF-8");
        }
        Integer organisation = organisationFor(caller, request.organisationId());
        String operation = "POST /api/v1/users";
        return requests.run(caller, key, operation, request, () -> {
            String hash = passwords.encode(request.password());
            if (hash == null) {
                throw new IllegalStateException("a password without a hash");
            }
            User user = tenants.insertUser(request.name(), hash, request.role(), organisation);
            log.atInfo()
                    .addKeyValue("user", user.userId())
                    .addKeyValue("role", user.role())
                    .addKeyValue("by", caller.name())
                    .log("user made");
            Change change = new Change("user.create", "user/" + user.userId(), organisation == null, Map.of())
                    .with("role", user.role())
                    .with("organisationId", organisation);
            return new Created<>(HttpStatus.CREATED, null, user, change);
        });
    }

    private @Nullable Integer organisationFor(Caller caller, @Nullable Integer wanted) {
        Integer bound = caller.boundTo();
        if (bound != null && wanted != null && !wanted.equals(bound)) {
            throw new ApiProblem(ProblemCode.OTHER_ORGANISATION, "You make users of organisation " + bound + " only.");
        }
        if (wanted != null && !tenants.organisationExists(wanted)) {
            throw ApiProblem.invalid("organisationId", "there is no organisation " + wanted);
        }
        return wanted == null ? bound : wanted;
    }

    @GetMapping("/users")
    @Operation(operationId = "listUsers", summary = "Users; an administrator of one organisation sees its users only")
    Page<User> users(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return Page.cut(
                tenants.usersAfter(caller.boundTo(), Cursor.number(cursor, 0), limit),
                limit,
                user -> Cursor.of(user.userId()));
    }
}
