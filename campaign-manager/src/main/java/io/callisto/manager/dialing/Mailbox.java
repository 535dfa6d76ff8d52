package io.callisto.manager.dialing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Messages to the duty: answers of blocking calls, ends of watches. Any thread posts, the duty's drains. Bounded by the
 * number of
 * outstanding calls, of which each poster limits its own.
 */
final class Mailbox {
    private static final int MAX_DRAIN = 1_000;

    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();

    void post(Runnable message) {
        messages.add(message);
    }

    /** Handles what has arrived, on the caller's thread; what a message throws ends the draining. */
    int drain() {
        int handled = 0;
        while (handled < MAX_DRAIN) {
            @Nullable Runnable message = messages.poll();
            if (message == null) {
                return handled;
            }
            message.run();
            handled++;
        }
        return handled;
    }
}
