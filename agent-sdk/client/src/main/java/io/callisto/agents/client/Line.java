package io.callisto.agents.client;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: puts the parts of a message together, sends one text after another, and tells its owner of messages
 * and of its end, both on the owner's thread. After {@link #drop} it tells nothing any more.
 */
final class Line implements WebSocket.Listener {
    private static final CompletableFuture<Void> SENT = CompletableFuture.completedFuture(null);

    private final Executor owner;
    private final BiConsumer<Line, String> message;
    private final BiConsumer<Line, String> lost;
    private final int maxChars;
    private final StringBuilder parts = new StringBuilder();
    private CompletableFuture<?> sending = SENT;
    private volatile @Nullable WebSocket socket;
    private volatile boolean dropped;

    Line(Executor owner, int maxChars, BiConsumer<Line, String> message, BiConsumer<Line, String> lost) {
        this.owner = owner;
        this.maxChars = maxChars;
        this.message = message;
        this.lost = lost;
    }

    @Override
    public void onOpen(WebSocket opened) {
        use(opened);
        opened.request(1);
    }

    /** The connection has come about. The JDK may say so by its future before it calls {@link #onOpen}. */
    void use(WebSocket opened) {
        socket = opened;
        if (dropped) {
            opened.abort();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (parts.length() + data.length() > maxChars) {
            tell(lost, "a frame that is too long");
            from.abort();
            return null;
        }
        parts.append(data);
        if (last) {
            String text = parts.toString();
            parts.setLength(0);
            tell(message, text);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        tell(lost, "closed by the server (" + statusCode + ")");
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        tell(lost, String.valueOf(error));
    }

    private void tell(BiConsumer<Line, String> whom, String what) {
        owner.execute(() -> {
            if (!dropped) {
                whom.accept(this, what);
            }
        });
    }

    /** On the owner's thread. The JDK allows one send at a time, so each waits for the one before. */
    void send(String text) {
        WebSocket to = socket;
        if (to == null || dropped) {
            return;
        }
        sending = sending.thenCompose(before -> to.sendText(text, true)).whenComplete((sent, failed) -> {
            if (failed != null) {
                tell(lost, String.valueOf(failed));
            }
        });
    }

    /** On the owner's thread: ends the connection without waiting for anybody. */
    void drop() {
        dropped = true;
        WebSocket opened = socket;
        if (opened != null) {
            opened.abort();
        }
    }
}
