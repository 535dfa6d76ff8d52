package io.callisto.console.trust;

import io.callisto.certificates.CertificateFailure;
import io.callisto.certificates.CertificateReport;
import io.callisto.certificates.Pem;
import io.callisto.console.audit.Audited;
import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.audit.Change;
import io.callisto.console.idempotency.Created;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.FieldProblem;
import io.callisto.console.problem.ProblemCode;
import io.callisto.console.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Whom the cluster trusts. */
@RestController
@RequestMapping(path = "/api/v1/trusted-certificates", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Trusted certificates")
final class TrustController {
    private static final Logger log = LoggerFactory.getLogger(TrustController.class);

    private final JdbcTrustStore store;
    private final TrustFiles files;
    private final IdempotentRequests requests;
    private final AuditedWrites audit;

    TrustController(JdbcTrustStore store, TrustFiles files, IdempotentRequests requests, AuditedWrites audit) {
        this.store = store;
        this.files = files;
        this.requests = requests;
        this.audit = audit;
    }

    @GetMapping
    @Operation(
            operationId = "listTrustedCertificates",
            summary = "Authorities whose certificates brokers, services and event clients may show")
    TrustedCertificates list() {
        Map<String, List<X509Certificate>> shown = store.shown();
        Instant now = store.now();
        return new TrustedCertificates(store.all().stream()
                .map(row -> TrustDecision.describe(row, shown, now))
                .toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "importTrustedCertificate",
            summary = "Trusts an authority",
            description = "Every server writes its trust stores anew; brokers and services take them without a restart."
                    + " Whoever has the authority's key can be any client or server: trust only whom you would give"
                    + " that power.")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = TrustedCertificate.class)))
    ResponseEntity<Object> add(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody TrustRequest request) {
        X509Certificate certificate = certificate(request.certificate());
        return requests.run(caller, key, "POST /api/v1/trusted-certificates", request, () -> {
            List<String> objections = CertificateReport.objections(certificate, store.now());
            if (!objections.isEmpty()) {
                throw ApiProblem.invalid(objections.stream()
                        .map(objection -> new FieldProblem("certificate", objection))
                        .toList());
            }
            files.takeOver();
            TrustDecision.refuseDuplicate(store.allLocked(), request.alias(), certificate);
            store.insert(request.alias(), certificate, caller.name());
            TrustedCertificate made = TrustDecision.describe(
                    store.all().stream()
                            .filter(row -> row.alias().equals(request.alias()))
                            .findFirst()
                            .orElseThrow(),
                    store.shown(),
                    store.now());
            log.atInfo()
                    .addKeyValue("alias", made.alias())
                    .addKeyValue("subject", made.subject())
                    .addKeyValue("by", caller.name())
                    .log("authority trusted");
            return new Created<>(
                    HttpStatus.CREATED,
                    null,
                    made,
                    Change.ofAll("trusted-certificate.add", "trusted-certificate/" + made.alias())
                            .with("subject", made.subject())
                            .with("fingerprint", made.fingerprint()));
        });
    }

    @DeleteMapping("/{alias}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeTrustedCertificate",
            summary = "Trusts an authority no longer",
            description = "Refused for the last one, and while a server still shows a certificate that it issued."
                    + " Connections that exist stay until they end.")
    void remove(@Parameter(hidden = true) Caller caller, @PathVariable String alias) {
        audit.run(caller, () -> {
            List<TrustedRow> all = store.allLocked();
            TrustedRow row = all.stream()
                    .filter(found -> found.alias().equals(alias))
                    .findFirst()
                    .orElseThrow(() -> ApiProblem.notFound("trusted certificate", alias));
            TrustDecision.refusal(row, all, store.shown()).ifPresent(reason -> {
                throw new ApiProblem(ProblemCode.CONFLICT, reason);
            });
            store.delete(alias);
            CertificateReport report = CertificateReport.of(row.certificate());
            log.atInfo()
                    .addKeyValue("alias", alias)
                    .addKeyValue("subject", report.subject())
                    .addKeyValue("by", caller.name())
                    .log("authority no longer trusted");
            return new Audited<>(
                    alias,
                    Change.ofAll("trusted-certificate.remove", "trusted-certificate/" + alias)
                            .with("subject", report.subject())
                            .with("fingerprint", report.fingerprint()));
        });
    }

    private static X509Certificate certificate(String text) {
        List<X509Certificate> found;
        try {
            byte[] content = text.contains("-----BEGIN")
                    ? text.getBytes(StandardCharsets.UTF_8)
                    : Base64.getMimeDecoder().decode(text);
            found = Pem.certificates(content);
        } catch (CertificateFailure | IllegalArgumentException e) {
            String reason = e instanceof CertificateFailure ? e.getMessage() : "it is neither PEM nor base64";
            throw ApiProblem.invalid("certificate", String.valueOf(reason));
        }
        if (found.size() != 1) {
            throw ApiProblem.invalid(
                    "certificate", found.size() + " certificates in one; import them one by one, each with its alias");
        }
        return found.get(0);
    }
}
