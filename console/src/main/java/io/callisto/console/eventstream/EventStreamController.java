package io.callisto.console.eventstream;

import io.callisto.console.audit.Audited;
import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.audit.Change;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.FieldProblem;
import io.callisto.console.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The event stream. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Event stream")
final class EventStreamController {
    private static final Logger log = LoggerFactory.getLogger(EventStreamController.class);

    private final JdbcEventStreamStore store;
    private final AuditedWrites writes;

    EventStreamController(JdbcEventStreamStore store, AuditedWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    @GetMapping("/events")
    @Operation(
            operationId = "readEventStream",
            summary = "How the event stream is: what waits, with its alarms, and problems of topics")
    EventStreamState state() {
        return store.state();
    }

    @GetMapping("/settings/kafka-producer")
    @Operation(
            operationId = "readProducerSettings",
            summary = "Settings of the event producers, and what becomes of them")
    ProducerSettingsView producerSettings() {
        return ProducerSettingsView.of(store.profiles());
    }

    @PutMapping(path = "/settings/kafka-producer", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "replaceProducerSettings",
            summary = "Replaces the settings of the event producers; a running relay takes them within seconds")
    ProducerSettingsView replaceProducerSettings(
            @Parameter(hidden = true) Caller caller, @Valid @RequestBody ProducerProfiles request) {
        List<FieldProblem> problems = ProducerSettingsView.problems(request);
        if (!problems.isEmpty()) {
            throw ApiProblem.invalid(problems);
        }
        return writes.run(caller, () -> {
            ProducerProfiles before = store.profiles();
            store.replace(request, caller.name());
            log.atInfo()
                    .addKeyValue("profile", request.activeProfile())
                    .addKeyValue("by", caller.name())
                    .log("producer settings replaced");
            Change change = Change.ofAll("kafka-producer.change", "settings/kafka-producer")
                    .from(before, request);
            return new Audited<>(ProducerSettingsView.of(request), change);
        });
    }
}
