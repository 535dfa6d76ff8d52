package io.callisto.gateway.server;

import io.callisto.gateway.events.CallStream;
import io.callisto.gateway.v1.CallEventBatch;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;

/** A watcher at the other end of a gRPC stream. */
final class ObserverStream implements CallStream {
    private final ServerCallStreamObserver<CallEventBatch> observer;

    ObserverStream(ServerCallStreamObserver<CallEventBatch> observer) {
        this.observer = observer;
    }

    @Override
    public boolean ready() {
        return observer.isReady();
    }

    @Override
    public void send(CallEventBatch batch) {
        observer.onNext(batch);
    }

    @Override
    public void end(End why) {
        observer.onError(status(why).asRuntimeException());
    }

    static Status status(End why) {
        return switch (why) {
            case REPLACED -> Status.ABORTED.withDescription("a newer stream or a higher epoch of the scope has come");
            case TOO_SLOW ->
                Status.RESOURCE_EXHAUSTED.withDescription("too many events unread: watch again and resolve");
            case CLOSED -> Status.UNAVAILABLE.withDescription("the gateway stops");
        };
    }
}
