package io.callisto.console.campaigns;

import io.callisto.console.audit.Change;
import io.callisto.console.idempotency.Created;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.paging.Cursor;
import io.callisto.console.paging.Page;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.FieldProblem;
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
import java.util.ArrayList;
import java.util.List;
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

/** Campaigns. */
@RestController
@RequestMapping(path = "/api/v1/campaigns", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Campaigns")
final class CampaignsController {
    private final JdbcCampaignStore campaigns;
    private final IdempotentRequests requests;

    CampaignsController(JdbcCampaignStore campaigns, IdempotentRequests requests) {
        this.campaigns = campaigns;
        this.requests = requests;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createCampaign", summary = "Makes a campaign")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Campaign.class)))
    ResponseEntity<Object> create(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody CampaignRequest request) {
        return requests.run(caller, key, "POST /api/v1/campaigns", request, () -> {
            check(caller, request);
            CampaignKind kind = request.kind() == null ? CampaignKind.FINITE : request.kind();
            int id = campaigns.insert(caller.organisationId(), request.name(), kind.name(), request.strategyId());
            campaigns.insertLists(id, request.contactListIds());
            Campaign campaign = find(caller, id);
            Change change = Change.of("campaign.create", "campaign/" + id)
                    .with("name", request.name())
                    .with("strategyId", request.strategyId())
                    .with("contactListIds", request.contactListIds());
            return Created.at("/api/v1/campaigns/" + id, campaign, change);
        });
    }

    private void check(Caller caller, CampaignRequest request) {
        List<FieldProblem> problems = new ArrayList<>();
        if (!campaigns.strategyExists(caller.organisationId(), request.strategyId())) {
            problems.add(new FieldProblem("strategyId", "there is no strategy " + request.strategyId()));
        }
        List<Integer> existing = campaigns.existingLists(caller.organisationId(), request.contactListIds());
        for (int i = 0; i < request.contactListIds().size(); i++) {
            Integer list = request.contactListIds().get(i);
            if (!existing.contains(list)) {
                problems.add(new FieldProblem("contactListIds[" + i + "]", "there is no contact list " + list));
            }
        }
        if (!problems.isEmpty()) {
            throw ApiProblem.invalid(problems);
        }
    }

    @GetMapping
    @Operation(operationId = "listCampaigns", summary = "Campaigns")
    Page<Campaign> list(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return Page.cut(
                campaigns.after(caller.organisationId(), Cursor.number(cursor, -1), limit),
                limit,
                campaign -> Cursor.of(campaign.campaignId()));
    }

    @GetMapping("/{campaignId}")
    @Operation(operationId = "getCampaign", summary = "A campaign")
    Campaign get(@Parameter(hidden = true) Caller caller, @PathVariable int campaignId) {
        return find(caller, campaignId);
    }

    private Campaign find(Caller caller, int campaignId) {
        return campaigns
                .find(caller.organisationId(), campaignId)
                .orElseThrow(() -> ApiProblem.notFound("campaign", campaignId));
    }
}
