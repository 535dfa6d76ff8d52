package io.callisto.rules;

import io.callisto.rules.Mastership.InForce;
import io.callisto.rules.cel.RuleCompiler;
import io.callisto.rules.decide.UserRule;
import io.callisto.rules.decide.Verdict;
import io.callisto.rules.v1.Candidate;
import io.callisto.rules.v1.EvaluateBatch;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Once, soon after the start: reads and compiles the rules and decides one contact that does not exist, for nobody. A
 * standby that has done it takes over with loaded classes and a warm compiler, instead of in a second and a half of
 * cold
 * start.
 */
final class RehearsalRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RehearsalRunner.class);

    /** Decides nothing, and so that a cluster without rules of its own is warm, too. */
    private static final String SAMPLE = "attempts_made >= 1000000";

    /** Any time will do: nobody hears the decision. */
    private static final long SOME_TIME_MILLIS = 1_800_000_000_000L;

    private final JdbcClient reads;
    private volatile boolean running;

    RehearsalRunner(DataSource dataSource) {
        this.reads = JdbcClient.create(dataSource);
    }

    @Override
    public void start() {
        running = true;
        Thread thread = new Thread(this::rehearse, "rule-engine-rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    private void rehearse() {
        try {
            log.atDebug().addKeyValue("decisions", decide()).log("rehearsed");
        } catch (RuntimeException failed) {
            log.atDebug().setCause(failed).log("no rehearsal: the first takeover will be slower");
        }
    }

    /** The decisions that were made: one. */
    int decide() {
        RuleBook book = new RuleBook(new RuleCompiler());
        List<RuleRow> rows = new ArrayList<>(new JdbcRuleStore().enabled(reads));
        rows.add(new RuleRow(0, null, null, "Rehearsal", SAMPLE, Verdict.DEFER));
        List<UserRule> rules = book.replace(rows);
        EvaluateBatch batch = EvaluateBatch.newBuilder()
                .setNowEpochMillis(SOME_TIME_MILLIS)
                .addCandidates(Candidate.newBuilder().setContactId(1).addZoneIds("Europe/Berlin"))
                .build();
        return BatchAnswer.of(batch, new InForce(0, rules)).reply().getDecisionsCount();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
