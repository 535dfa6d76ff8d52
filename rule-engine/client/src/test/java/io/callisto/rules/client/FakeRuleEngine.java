package io.callisto.rules.client;

import io.callisto.ha.NodeId;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceDirectory;
import io.callisto.rules.v1.Candidate;
import io.callisto.rules.v1.Decision;
import io.callisto.rules.v1.DecisionBatch;
import io.callisto.rules.v1.EvaluateBatch;
import io.callisto.rules.v1.RuleEngineGrpc;
import io.callisto.rules.v1.Verdict;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A rule engine on a loopback port whose answers a test chooses; it allows everything until told otherwise. */
public final class FakeRuleEngine implements AutoCloseable {
    private static final NodeId NODE = new NodeId(new UUID(0, 1));

    private final Server server;
    private final List<EvaluateBatch> seen = new CopyOnWriteArrayList<>();
    private final List<StreamObserver<DecisionBatch>> streams = new CopyOnWriteArrayList<>();
    private volatile Function<Candidate, Decision> rule = FakeRuleEngine::allow;
    private volatile long epoch = 1;
    private volatile boolean silent;
    private volatile boolean standby;

    /** Starts it on a free port of 127.0.0.1. */
    public FakeRuleEngine() {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .directExecutor()
                    .addService(new Answers())
                    .build()
                    .start();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Names this engine as the master. */
    public ServiceDirectory directory() {
        return directoryOf(this::address);
    }

    /** Names what {@code address} says as the master; {@code ""} for none. */
    public static ServiceDirectory directoryOf(java.util.function.Supplier<String> address) {
        return new ServiceDirectory() {
            @Override
            public Optional<Endpoint> ownerOf(Scope scope, String name) {
                return all(name).stream()
                        .filter(endpoint -> scope.equals(Scope.ruleEngine()))
                        .findFirst();
            }

            @Override
            public List<Endpoint> all(String name) {
                String now = address.get();
                return now.isEmpty() || !name.equals(RuleEngineClient.ENDPOINT)
                        ? List.of()
                        : List.of(new Endpoint("s1", NODE, now));
            }
        };
    }

    /** What it answers; the contact id is filled in. */
    public FakeRuleEngine answer(Function<Candidate, Decision> rule) {
        this.rule = rule;
        return this;
    }

    /** The epoch of its replies. */
    public FakeRuleEngine epoch(long epoch) {
        this.epoch = epoch;
        return this;
    }

    /** Whether it swallows batches, as a frozen process does. */
    public FakeRuleEngine silent(boolean silent) {
        this.silent = silent;
        return this;
    }

    /** Whether it refuses, as a standby does. */
    public FakeRuleEngine standby(boolean standby) {
        this.standby = standby;
        return this;
    }

    /** The batches that arrived, also those that were not answered. */
    public List<EvaluateBatch> seen() {
        return List.copyOf(seen);
    }

    /** How many streams were opened so far. */
    public int streamsOpened() {
        return streams.size();
    }

    /** Breaks the newest stream. */
    public void breakStream() {
        streams.get(streams.size() - 1)
                .onError(
                        Status.UNAVAILABLE.withDescription("broken by the test").asRuntimeException());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static Decision allow(Candidate candidate) {
        return Decision.newBuilder().setVerdict(Verdict.ALLOW).build();
    }

    private final class Answers extends RuleEngineGrpc.RuleEngineImplBase {
        @Override
        public StreamObserver<EvaluateBatch> evaluate(StreamObserver<DecisionBatch> replies) {
            streams.add(replies);
            return new StreamObserver<>() {
                @Override
                public void onNext(EvaluateBatch batch) {
                    seen.add(batch);
                    if (standby) {
                        replies.onError(Status.FAILED_PRECONDITION.asRuntimeException());
                    } else if (!silent) {
                        replies.onNext(reply(batch));
                    }
                }

                @Override
                public void onError(Throwable gone) {
                    // the client went away
                }

                @Override
                public void onCompleted() {
                    replies.onCompleted();
                }
            };
        }

        private DecisionBatch reply(EvaluateBatch batch) {
            DecisionBatch.Builder reply =
                    DecisionBatch.newBuilder().setBatchId(batch.getBatchId()).setEpoch(epoch);
            for (Candidate candidate : batch.getCandidatesList()) {
                reply.addDecisions(rule.apply(candidate).toBuilder().setContactId(candidate.getContactId()));
            }
            return reply.build();
        }
    }
}
