package io.callisto.manager.dialing;

import io.callisto.domain.IdGenerator;
import io.callisto.domain.Ticker;
import io.callisto.ha.FencedTransaction;
import io.callisto.manager.gateway.CallGateway;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What all duties of a service share. Everything in it is thread-safe.
 *
 * @param executor for blocking calls; bounded
 */
record DialerParts(
        FencedTransaction fenced,
        JdbcDialingStore contacts,
        JdbcAttemptStore attempts,
        AttemptJournal journal,
        RuleCheck rules,
        List<CallGateway> gateways,
        QueueMirror mirror,
        Executor executor,
        Ticker ticker,
        IdGenerator ids,
        DialingMetrics metrics,
        DialingProperties properties) {}
