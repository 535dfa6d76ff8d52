package io.callisto.director.jobs;

import io.callisto.director.command.CommandOutcome;
import io.callisto.director.command.JdbcCommandStore;
import io.callisto.director.command.PendingCommand;
import io.callisto.domain.JobId;
import io.callisto.domain.job.JobCommand;
import io.callisto.domain.job.JobDecision;
import io.callisto.domain.job.JobState;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Carries out the orders to jobs, in the order in which they were given. Used by the role's thread only. */
final class JobCommands {
    private static final Logger log = LoggerFactory.getLogger(JobCommands.class);

    private final FencedTransaction fenced;
    private final JdbcCommandStore commands;
    private final JdbcJobStore jobs;
    private final JobLedger ledger;
    private final int batch;

    JobCommands(FencedTransaction fenced, JdbcCommandStore commands, JdbcJobStore jobs, JobLedger ledger, int batch) {
        this.fenced = fenced;
        this.commands = commands;
        this.jobs = jobs;
        this.ledger = ledger;
        this.batch = batch;
    }

    /** Applies the oldest orders in one transaction and tells how many. */
    int apply(Lease lease) {
        return fenced.run(lease, jdbc -> {
            List<PendingCommand> pending = commands.pending(jdbc, lease.scope(), batch);
            for (PendingCommand command : pending) {
                CommandOutcome outcome = apply(jdbc, lease, command);
                commands.settle(jdbc, lease, command, outcome);
                log.atInfo()
                        .addKeyValue("command", command.id())
                        .addKeyValue("kind", command.kind())
                        .addKeyValue("state", outcome.state())
                        .addKeyValue("refusal", outcome.refusal())
                        .log("command settled");
            }
            return pending.size();
        });
    }

    private CommandOutcome apply(JdbcClient jdbc, Lease lease, PendingCommand command) {
        JobCommand kind = kind(command.kind());
        if (kind == null) {
            return CommandOutcome.refused("unknown command; a job takes PAUSE, RESUME and STOP");
        }
        OptionalLong id = command.idOf("jobId");
        if (id.isEmpty()) {
            return CommandOutcome.refused("the payload names no job: expected {\"jobId\": <number>}");
        }
        Optional<Job> found = jobs.find(jdbc, new JobId(id.getAsLong()));
        if (found.isEmpty()) {
            return CommandOutcome.refused("there is no job " + id.getAsLong());
        }
        Job job = found.get();
        JobDecision decision = JobDecision.onCommand(job.state(), job.wantedPause(), kind);
        String refusal = decision.refusal();
        if (refusal != null) {
            return CommandOutcome.refused(refusal);
        }
        JobState next = decision.next();
        if (next != null) {
            ledger.move(jdbc, lease, job, next, decision.wantedPause(), reason(kind));
            return CommandOutcome.applied(next.name());
        }
        if (decision.wantedPause() != job.wantedPause()) {
            jobs.wish(jdbc, job, decision.wantedPause(), lease.epoch());
        }
        return CommandOutcome.applied(job.state().name());
    }

    private static String reason(JobCommand kind) {
        return "command " + kind.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable JobCommand kind(String text) {
        for (JobCommand kind : JobCommand.values()) {
            if (kind.name().equals(text)) {
                return kind;
            }
        }
        return null;
    }
}
