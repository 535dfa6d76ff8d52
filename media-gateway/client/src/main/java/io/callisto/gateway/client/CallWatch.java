package io.callisto.gateway.client;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One stream of events. Batches are asked for one after another, so a slow consumer holds back the gateway (which
 * merges
 * what it cannot send) and never this process's memory. gRPC calls the methods one at a time.
 */
final class CallWatch<Q, B> implements ClientResponseObserver<Q, B>, Watch {
    /** Batches on the way while one is handled. */
    private static final int PREFETCH = 4;

    private final Consumer<B> onBatch;
    private final Consumer<Throwable> onEnd;
    private final Function<Throwable, RuntimeException> explain;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable ClientCallStreamObserver<Q> stream;

    CallWatch(Consumer<B> onBatch, Consumer<Throwable> onEnd, Function<Throwable, RuntimeException> explain) {
        this.onBatch = onBatch;
        this.onEnd = onEnd;
        this.explain = explain;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> requestStream) {
        stream = requestStream;
        requestStream.disableAutoRequestWithInitial(PREFETCH);
    }

    @Override
    public void onNext(B batch) {
        if (ended.get()) {
            return;
        }
        onBatch.accept(batch);
        ClientCallStreamObserver<Q> current = stream;
        if (current != null) {
            current.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            onEnd.accept(explain.apply(failure));
        }
    }

    @Override
    public void onCompleted() {
        onError(Status.UNAVAILABLE
                .withDescription("the gateway closed the stream")
                .asRuntimeException());
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            ClientCallStreamObserver<Q> current = stream;
            if (current != null) {
                current.cancel("closed by the watcher", null);
            }
        }
    }
}
