package io.callisto.rules;

import io.callisto.domain.Ticker;
import io.callisto.ha.NodeId;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceDirectory;
import io.callisto.rules.Mastership.InForce;
import io.callisto.rules.cel.RuleCompiler;
import io.callisto.rules.client.RuleEngineClient;
import io.callisto.rules.decide.Verdict;
import io.callisto.rules.v1.Candidate;
import io.callisto.rules.v1.DecisionBatch;
import io.callisto.rules.v1.EvaluateBatch;
import io.callisto.rules.v1.RuleEngineGrpc;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Once, soon after the start: reads and compiles the rules, and decides one contact that does not exist, asked over a
 * connection of its own. A standby that has done it takes over with loaded classes, a warm compiler and a warm
 * transport, instead of in a second or two of cold start.
 */
final class RehearsalRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RehearsalRunner.class);

    /** Decides nothing, and so that a cluster without rules of its own is warm, too. */
    private static final String SAMPLE = "attempts_made >= 1000000";

    /** Any time will do: nobody hears the decision. */
    private static final long SOME_TIME_MILLIS = 1_800_000_000_000L;

    /** Nobody waits for it, and a busy machine may take long. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final JdbcClient reads;
    private final Ticker ticker;
    private volatile boolean running;

    RehearsalRunner(DataSource dataSource, Ticker ticker) {
        this.reads = JdbcClient.create(dataSource);
        this.ticker = ticker;
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
        } catch (RuntimeException | IOException failed) {
            log.atDebug().setCause(failed).log("no rehearsal: the first takeover will be slower");
        }
    }

    /** The decisions that were made: one. */
    int decide() throws IOException {
        RuleBook book = new RuleBook(new RuleCompiler());
        List<RuleRow> rows = new ArrayList<>(new JdbcRuleStore().enabled(reads));
        rows.add(new RuleRow(0, null, null, "Rehearsal", SAMPLE, Verdict.DEFER));
        InForce rules = new InForce(0, book.replace(rows));
        InetAddress self = InetAddress.getLoopbackAddress();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(self, 0))
                .directExecutor()
                .addService(new Stage(rules))
                .build();
        try (RuleEngineClient client = new RuleEngineClient(
                new Itself(self.getHostAddress() + ":" + server.start().getPort()), ticker)) {
            EvaluateBatch batch = EvaluateBatch.newBuilder()
                    .setNowEpochMillis(SOME_TIME_MILLIS)
                    .addCandidates(Candidate.newBuilder().setContactId(1).addZoneIds("Europe/Berlin"))
                    .build();
            return client.evaluate(batch, LIMIT).getDecisionsCount();
        } finally {
            server.shutdownNow();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Answers whoever asks: only the rehearsal knows where. */
    private static final class Stage extends RuleEngineGrpc.RuleEngineImplBase {
        private final InForce rules;

        Stage(InForce rules) {
            this.rules = rules;
        }

        @Override
        public StreamObserver<EvaluateBatch> evaluate(StreamObserver<DecisionBatch> replies) {
            return new StreamObserver<>() {
                @Override
                public void onNext(EvaluateBatch batch) {
                    replies.onNext(BatchAnswer.of(batch, rules).reply());
                }

                @Override
                public void onError(Throwable gone) {
                    log.atTrace().setCause(gone).log("the rehearsal is over");
                }

                @Override
                public void onCompleted() {
                    replies.onCompleted();
                }
            };
        }
    }

    /** A directory that knows nobody else. */
    private record Itself(String address) implements ServiceDirectory {
        @Override
        public Optional<Endpoint> ownerOf(Scope scope, String name) {
            return Optional.of(new Endpoint("", new NodeId(new UUID(0, 0)), address));
        }

        @Override
        public List<Endpoint> all(String name) {
            return List.of();
        }
    }
}
