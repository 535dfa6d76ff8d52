package io.callisto.gateway.server;

import io.callisto.gateway.calls.RegistryListing;
import io.callisto.gateway.registry.RegistryFailed;
import io.callisto.gateway.v1.RegistryEntry;
import io.callisto.gateway.v1.RegistryEntryBatch;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.UncheckedIOException;
import java.util.List;

/** Sends a listing as fast as the reader takes it. gRPC calls the handlers one at a time. */
final class RegistryStream {
    private final RegistryListing listing;
    private final ServerCallStreamObserver<RegistryEntryBatch> observer;
    private boolean ended;

    RegistryStream(RegistryListing listing, ServerCallStreamObserver<RegistryEntryBatch> observer) {
        this.listing = listing;
        this.observer = observer;
    }

    void start() {
        observer.setOnReadyHandler(this::send);
        observer.setOnCancelHandler(this::end);
    }

    private void send() {
        try {
            while (!ended && observer.isReady()) {
                List<RegistryEntry> entries = listing.next();
                if (entries.isEmpty()) {
                    end();
                    observer.onCompleted();
                } else {
                    observer.onNext(RegistryEntryBatch.newBuilder()
                            .addAllEntries(entries)
                            .build());
                }
            }
        } catch (RegistryFailed | UncheckedIOException failure) {
            end();
            observer.onError(
                    Status.DATA_LOSS.withDescription(failure.getMessage()).asRuntimeException());
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            listing.close();
        }
    }
}
