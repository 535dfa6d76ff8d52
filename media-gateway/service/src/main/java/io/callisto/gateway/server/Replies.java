package io.callisto.gateway.server;

import io.callisto.gateway.calls.GatewayDraining;
import io.callisto.gateway.legs.OutOfRange;
import io.callisto.gateway.registry.RegistryFailed;
import io.callisto.gateway.registry.RegistryFull;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers of both services; what goes wrong becomes the same status in both. */
final class Replies {
    private Replies() {}

    static <T> void answer(StreamObserver<T> replies, Supplier<T> command) {
        orEnd(replies, () -> {
            T reply = command.get();
            replies.onNext(reply);
            replies.onCompleted();
        });
    }

    static void orEnd(StreamObserver<?> replies, Runnable command) {
        try {
            command.run();
        } catch (IllegalArgumentException invalid) {
            end(replies, Status.INVALID_ARGUMENT, invalid);
        } catch (RegistryFull full) {
            end(replies, Status.RESOURCE_EXHAUSTED, full);
        } catch (OutOfRange missing) {
            end(replies, Status.OUT_OF_RANGE, missing);
        } catch (GatewayDraining | RegistryFailed unavailable) {
            end(replies, Status.UNAVAILABLE, unavailable);
        } catch (StatusRuntimeException refused) {
            replies.onError(refused);
        }
    }

    private static void end(StreamObserver<?> replies, Status status, Throwable reason) {
        replies.onError(status.withDescription(reason.getMessage()).asRuntimeException());
    }
}
