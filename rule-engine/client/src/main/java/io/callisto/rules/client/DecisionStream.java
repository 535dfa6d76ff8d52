package io.callisto.rules.client;

import io.callisto.rules.v1.DecisionBatch;
import io.callisto.rules.v1.EvaluateBatch;
import io.callisto.rules.v1.RuleEngineGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One stream to one address, from its opening until it breaks; it never re-opens. Thread-safe. */
final class DecisionStream implements AutoCloseable {
    private static final long KEEP_ALIVE_SECONDS = 10;

    private final String address;
    private final ManagedChannel channel;
    private final Map<Long, CompletableFuture<DecisionBatch>> waiting = new ConcurrentHashMap<>();
    private final Object sending = new Object();
    private final StreamObserver<EvaluateBatch> requests;
    private volatile @Nullable Throwable broken;

    DecisionStream(String address) {
        this.address = address;
        // Callbacks only complete futures, so they may run on the transport's thread.
        this.channel = Grpc.newChannelBuilder("dns:///" + address, InsecureChannelCredentials.create())
                .directExecutor()
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .build();
        this.requests = RuleEngineGrpc.newStub(channel).evaluate(new Replies());
    }

    String address() {
        return address;
    }

    boolean open() {
        return broken == null;
    }

    /** Sends; the future fails when the stream breaks first. */
    CompletableFuture<DecisionBatch> send(EvaluateBatch batch) {
        CompletableFuture<DecisionBatch> reply = new CompletableFuture<>();
        waiting.put(batch.getBatchId(), reply);
        synchronized (sending) {
            if (broken == null) {
                requests.onNext(batch);
            }
        }
        Throwable cause = broken;
        if (cause != null) {
            waiting.remove(batch.getBatchId());
            reply.completeExceptionally(cause);
        }
        return reply;
    }

    /** Nobody waits for this batch any more. */
    void forget(long batchId) {
        waiting.remove(batchId);
    }

    @Override
    public void close() {
        breakOff(new RuleEngineUnavailable("stream closed"));
        channel.shutdownNow();
    }

    private void breakOff(Throwable cause) {
        synchronized (sending) {
            if (broken == null) {
                broken = cause;
            }
        }
        waiting.values().forEach(reply -> reply.completeExceptionally(cause));
        waiting.clear();
    }

    private final class Replies implements StreamObserver<DecisionBatch> {
        @Override
        public void onNext(DecisionBatch reply) {
            CompletableFuture<DecisionBatch> asked = waiting.remove(reply.getBatchId());
            if (asked != null) {
                asked.complete(reply);
            }
        }

        @Override
        public void onError(Throwable cause) {
            breakOff(cause);
        }

        @Override
        public void onCompleted() {
            breakOff(new RuleEngineUnavailable("the engine ended the stream"));
        }
    }
}
