package io.callisto.rules;

import io.callisto.domain.Ticker;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import io.callisto.rules.cel.RuleCompiler;
import io.callisto.rules.decide.UserRule;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The work of the master: read the rules at takeover and again whenever they have changed, and ask the fence between
 * two such looks, so that a master that was taken over gives up soon. The role's thread only.
 */
final class RuleDuty implements RoleDuty {
    private static final Logger log = LoggerFactory.getLogger(RuleDuty.class);

    private final FencedTransaction fenced;
    private final JdbcRuleStore store;
    private final Mastership mastership;
    private final Ticker ticker;
    private final long reloadNanos;
    private final RuleBook book = new RuleBook(new RuleCompiler());
    private long readAtNanos;
    private long askedAtNanos;
    private long epoch;
    private boolean unreadable;

    /** A master asks its fence so often. */
    static final Duration FENCE_INTERVAL = Duration.ofMillis(250);

    RuleDuty(FencedTransaction fenced, JdbcRuleStore store, Mastership mastership, Ticker ticker, Duration reload) {
        this.fenced = fenced;
        this.store = store;
        this.mastership = mastership;
        this.ticker = ticker;
        this.reloadNanos = reload.toNanos();
    }

    @Override
    public void takeOver(Lease lease) {
        epoch = lease.epoch();
        List<RuleRow> rows = fenced.run(lease, store::enabled);
        readAtNanos = ticker.nanos();
        askedAtNanos = readAtNanos;
        enforce(lease, rows);
    }

    @Override
    public int doWork(Lease lease) {
        long now = ticker.nanos();
        boolean look = now - readAtNanos >= reloadNanos;
        if (!look && now - askedAtNanos < FENCE_INTERVAL.toNanos()) {
            return 0;
        }
        askedAtNanos = now;
        try {
            if (look) {
                readAtNanos = now;
                reload(lease);
            } else {
                fenced.<Boolean>run(lease, jdbc -> true);
            }
            if (unreadable) {
                unreadable = false;
                log.atInfo().log("rules can be read again");
            }
        } catch (DataAccessException | TransactionException noDatabase) {
            // The rules in force stay good for as long as the lease lives, and that the database decides.
            if (!unreadable) {
                unreadable = true;
                log.atWarn().setCause(noDatabase).log("rules cannot be read: the last ones stay in force");
            }
        }
        return 0;
    }

    private void reload(Lease lease) {
        List<RuleRow> rows = fenced.run(lease, store::enabled);
        if (book.differs(rows)) {
            enforce(lease, rows);
        }
    }

    @Override
    public String firstWork() {
        return "first decision answered";
    }

    @Override
    public boolean firstWorkDone(int done) {
        return mastership.hasAnswered(epoch);
    }

    private void enforce(Lease lease, List<RuleRow> rows) {
        List<UserRule> rules = book.replace(rows);
        mastership.enforce(lease, rules);
        log.atInfo()
                .addKeyValue("epoch", lease.epoch())
                .addKeyValue("rules", rules.size())
                .log("rules in force");
    }

    @Override
    public void close() {
        mastership.giveUp();
    }
}
