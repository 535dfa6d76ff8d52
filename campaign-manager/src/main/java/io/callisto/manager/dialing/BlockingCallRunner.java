package io.callisto.manager.dialing;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs blocking calls off the duty's thread and brings their outcome back through the mailbox. One per duty; started
 * from the
 * duty's thread.
 */
final class BlockingCallRunner {
    private final Executor executor;
    private final Mailbox mailbox;
    private volatile boolean closed;

    BlockingCallRunner(Executor executor, Mailbox mailbox) {
        this.executor = executor;
        this.mailbox = mailbox;
    }

    /**
     * @param call on a thread of the pool
     * @param done with its result, on the duty's thread
     * @param failed with what it threw, or with the pool's refusal, on the duty's thread
     */
    <T> void run(Supplier<T> call, Consumer<T> done, Consumer<RuntimeException> failed) {
        try {
            executor.execute(() -> call(call, done, failed));
        } catch (RejectedExecutionException busy) {
            mailbox.post(() -> failed.accept(busy));
        }
    }

    private <T> void call(Supplier<T> call, Consumer<T> done, Consumer<RuntimeException> failed) {
        if (closed) {
            // The role is gone and another owner may act by now: what was not sent yet stays unsent.
            return;
        }
        try {
            T result = call.get();
            mailbox.post(() -> done.accept(result));
        } catch (RuntimeException failure) {
            mailbox.post(() -> failed.accept(failure));
        }
    }

    void close() {
        closed = true;
    }
}
