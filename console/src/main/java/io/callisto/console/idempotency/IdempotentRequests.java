package io.callisto.console.idempotency;

import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.ProblemCode;
import io.callisto.console.security.Caller;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs what creates, each in one transaction, with its entry for the audit. With a key, the key's row is in that
 * transaction too: so it happened, and
 * its answer is kept, or neither; a second request with the key waits for the first and gets its answer. Thread-safe.
 */
public final class IdempotentRequests {
    /** The header with the key. */
    public static final String HEADER = "Idempotency-Key";

    /** Header of an answer that was given before. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,100}");

    private final JdbcIdempotencyStore store;
    private final TransactionTemplate transaction;
    private final AuditedWrites audit;
    private final JsonMapper json;

    IdempotentRequests(
            JdbcIdempotencyStore store, TransactionTemplate transaction, AuditedWrites audit, JsonMapper json) {
        this.store = store;
        this.transaction = transaction;
        this.audit = audit;
        this.json = json;
    }

    /**
     * Creates, or answers as before.
     *
     * @param key the header's value, if it was sent
     * @param operation such as {@code POST /api/v1/campaigns}; with {@code request} it tells a repeat from another
     *     request
     * @param request the body, or whatever makes the request what it is
     * @param work runs in the transaction; an exception undoes everything, the key included
     */
    public ResponseEntity<Object> run(
            Caller caller,
            @Nullable String key,
            String operation,
            Object request,
            Supplier<? extends Created<?>> work) {
        if (key == null) {
            Created<?> created = Objects.requireNonNull(transaction.execute(status -> create(caller, work)));
            return answer(created.status().value(), created.location(), created.body(), false);
        }
        if (!KEY.matcher(key).matches()) {
            throw ApiProblem.invalid(HEADER, "must be 1 to 100 visible ASCII characters");
        }
        String fingerprint = fingerprint(caller, operation, request);
        return Objects.requireNonNull(transaction.execute(status -> once(caller, key, fingerprint, work)));
    }

    private Created<?> create(Caller caller, Supplier<? extends Created<?>> work) {
        Created<?> created = work.get();
        audit.note(caller, created.change());
        return created;
    }

    private ResponseEntity<Object> once(
            Caller caller, String key, String fingerprint, Supplier<? extends Created<?>> work) {
        if (!store.claim(caller.userId(), key, fingerprint)) {
            JdbcIdempotencyStore.Answer kept = store.find(caller.userId(), key);
            if (!kept.fingerprint().equals(fingerprint)) {
                throw new ApiProblem(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        "You sent this key before with another request. Use a fresh key for each new request.");
            }
            URI location = kept.location() == null ? null : URI.create(kept.location());
            return answer(kept.status(), location, kept.body().getBytes(StandardCharsets.UTF_8), true);
        }
        Created<?> created = create(caller, work);
        String body = json.writeValueAsString(created.body());
        URI location = created.location();
        store.keep(caller.userId(), key, created.status().value(), location == null ? null : location.toString(), body);
        return answer(created.status().value(), location, body.getBytes(StandardCharsets.UTF_8), false);
    }

    private static ResponseEntity<Object> answer(int status, @Nullable URI location, Object body, boolean replayed) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
        if (location != null) {
            answer.location(location);
        }
        if (replayed) {
            answer.header(REPLAYED, "true");
        }
        return answer.body(body);
    }

    private String fingerprint(Caller caller, String operation, Object request) {
        String text = operation + "\n" + caller.organisationId() + "\n" + json.writeValueAsString(request);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
