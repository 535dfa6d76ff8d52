package io.callisto.rules;

import io.callisto.domain.Ticker;
import io.callisto.rules.v1.DecisionBatch;
import io.callisto.rules.v1.EvaluateBatch;
import io.callisto.rules.v1.RuleEngineGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gRPC side. Every reply is checked against the lease twice: before the work and at the moment of sending. */
final class EvaluateEndpoint extends RuleEngineGrpc.RuleEngineImplBase {
    private static final Logger log = LoggerFactory.getLogger(EvaluateEndpoint.class);

    private final Mastership mastership;
    private final RuleEngineMetrics metrics;
    private final Ticker ticker;

    EvaluateEndpoint(Mastership mastership, RuleEngineMetrics metrics, Ticker ticker) {
        this.mastership = mastership;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    @Override
    public StreamObserver<EvaluateBatch> evaluate(StreamObserver<DecisionBatch> replies) {
        return new Conversation(replies);
    }

    /** One stream; gRPC calls it from one thread at a time. */
    private final class Conversation implements StreamObserver<EvaluateBatch> {
        private final StreamObserver<DecisionBatch> replies;
        private boolean ended;

        Conversation(StreamObserver<DecisionBatch> replies) {
            this.replies = replies;
        }

        @Override
        public void onNext(EvaluateBatch batch) {
            if (ended) {
                return;
            }
            long started = ticker.nanos();
            Optional<Mastership.InForce> rules = mastership.current();
            if (rules.isEmpty()) {
                refuse();
                return;
            }
            BatchAnswer answer = answer(batch, rules.get());
            if (!mastership.holds(rules.get().epoch())) {
                refuse();
                return;
            }
            replies.onNext(answer.reply());
            mastership.answered(rules.get().epoch());
            metrics.decided(answer.counts(), ticker.nanos() - started);
        }

        private BatchAnswer answer(EvaluateBatch batch, Mastership.InForce rules) {
            try {
                return BatchAnswer.of(batch, rules);
            } catch (IllegalArgumentException senseless) {
                // Refusing the stream would hold up the batches of other jobs that share it.
                log.atWarn()
                        .addKeyValue("campaign", batch.getCampaignId())
                        .addKeyValue("why", senseless.getMessage())
                        .log("batch makes no sense: its contacts are put off");
                return BatchAnswer.invalid(batch, rules);
            }
        }

        private void refuse() {
            ended = true;
            metrics.refused();
            replies.onError(Status.FAILED_PRECONDITION
                    .withDescription("not the master of the rule engine")
                    .asRuntimeException());
        }

        @Override
        public void onError(Throwable gone) {
            ended = true;
        }

        @Override
        public void onCompleted() {
            if (!ended) {
                ended = true;
                replies.onCompleted();
            }
        }
    }
}
