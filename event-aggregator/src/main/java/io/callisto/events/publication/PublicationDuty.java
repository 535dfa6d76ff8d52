package io.callisto.events.publication;

import io.callisto.domain.Ticker;
import io.callisto.events.publication.JdbcPublicationStore.Waiting;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import io.callisto.messaging.BrokerUnavailable;
import io.callisto.messaging.OrderedSender;
import io.callisto.messaging.OutgoingMessage;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The work of {@code publication/0}, always in this order: connect; note a batch as tried, fenced; send it; delete it,
 * fenced. So whatever was sent and not deleted, by us or by an owner before us, is known to be a possible repeat: it is
 * sent again one by one, marked, and the broker drops what it has. What is new is sent together. Used by the role's
 * thread only.
 */
final class PublicationDuty implements RoleDuty {
    private static final Logger log = LoggerFactory.getLogger(PublicationDuty.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int LONGEST_BACK_OFF = 20;

    private final JdbcClient reads;
    private final FencedTransaction fenced;
    private final JdbcPublicationStore store;
    private final OrderedSender sender;
    private final PublicationProperties properties;
    private final PublicationMetrics metrics;
    private final Ticker ticker;
    private Duration backOff;
    private long retryNanos;
    private long lookNanos;
    private boolean failing;
    private boolean published;
    private boolean lookedOver;

    PublicationDuty(
            JdbcClient reads,
            FencedTransaction fenced,
            JdbcPublicationStore store,
            OrderedSender sender,
            PublicationProperties properties,
            PublicationMetrics metrics,
            Ticker ticker) {
        this.reads = reads;
        this.fenced = fenced;
        this.store = store;
        this.sender = sender;
        this.properties = properties;
        this.metrics = metrics;
        this.ticker = ticker;
        this.backOff = properties.retry();
    }

    @Override
    public void takeOver(Lease lease) {
        retryNanos = ticker.nanos();
        lookNanos = ticker.nanos();
    }

    @Override
    public int doWork(Lease lease) {
        long now = ticker.nanos();
        if (now - lookNanos >= 0) {
            lookNanos = now + LOOK.toNanos();
            metrics.show(store.waiting(reads));
        }
        if (now - retryNanos < 0) {
            return 0;
        }
        if (!store.anything(reads)) {
            lookedOver = true;
            return 0;
        }
        try {
            sender.connect();
            return publish(lease);
        } catch (BrokerUnavailable away) {
            failed(away);
            return 0;
        }
    }

    private int publish(Lease lease) {
        List<WaitingResult> batch = fenced.run(lease, jdbc -> store.take(jdbc, properties.batch()));
        List<OutgoingMessage> messages =
                batch.stream().map(row -> row.message(lease.epoch())).toList();
        long repeated = batch.stream().filter(WaitingResult::repeated).count();
        if (repeated == 0) {
            sender.sendTogether(messages);
        } else {
            sender.sendSingly(messages);
        }
        fenced.<Integer>run(lease, jdbc -> store.delete(jdbc, batch));
        metrics.published(batch.size(), repeated);
        published = true;
        if (failing) {
            failing = false;
            log.atInfo().addKeyValue("results", batch.size()).log("results are published again");
        }
        backOff = properties.retry();
        return batch.size();
    }

    private void failed(BrokerUnavailable away) {
        metrics.failed();
        if (!failing) {
            failing = true;
            log.atWarn().addKeyValue("reason", away.getMessage()).log("results cannot be published now; they wait");
        }
        retryNanos = ticker.nanos() + backOff.toNanos();
        Duration longest = properties.retry().multipliedBy(LONGEST_BACK_OFF);
        Duration twice = backOff.multipliedBy(2);
        backOff = twice.compareTo(longest) < 0 ? twice : longest;
    }

    @Override
    public String firstWork() {
        return published || !lookedOver ? "first result published" : "queue looked over";
    }

    @Override
    public boolean firstWorkDone(int done) {
        return published || lookedOver;
    }

    @Override
    public void close() {
        metrics.show(Waiting.NONE);
        sender.close();
    }
}
