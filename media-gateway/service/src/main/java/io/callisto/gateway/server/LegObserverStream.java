package io.callisto.gateway.server;

import io.callisto.gateway.events.CallStream;
import io.callisto.gateway.legs.LegStream;
import io.callisto.gateway.v1.LegEventBatch;
import io.grpc.stub.ServerCallStreamObserver;

/** A watcher of legs at the other end of a gRPC stream. */
final class LegObserverStream implements LegStream {
    private final ServerCallStreamObserver<LegEventBatch> observer;

    LegObserverStream(ServerCallStreamObserver<LegEventBatch> observer) {
        this.observer = observer;
    }

    @Override
    public boolean ready() {
        return observer.isReady();
    }

    @Override
    public void send(LegEventBatch batch) {
        observer.onNext(batch);
    }

    @Override
    public void end(CallStream.End why) {
        observer.onError(ObserverStream.status(why).asRuntimeException());
    }
}
