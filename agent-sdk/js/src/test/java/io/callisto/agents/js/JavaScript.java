package io.callisto.agents.js;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/** ES modules of this artifact in a JavaScript engine within the JVM, with just enough of a page around them. */
final class JavaScript implements AutoCloseable {
    static final Path ROOT = Path.of(System.getProperty("callisto.root", "../.."), "agent-sdk", "js")
            .toAbsolutePath()
            .normalize();

    private final Context context = Context.newBuilder("js")
            .allowHostAccess(HostAccess.ALL)
            .allowIO(IOAccess.newBuilder().allowHostFileAccess(true).build())
            .option("engine.WarnInterpreterOnly", "false")
            .option("js.esm-eval-returns-exports", "true")
            .build();

    JavaScript() {
        eval("src/test/js/page.js", "application/javascript");
    }

    /** What a module exports. */
    Value module(String path) {
        return eval(path, "application/javascript+module");
    }

    private Value eval(String path, String mimeType) {
        try {
            return context.eval(Source.newBuilder("js", ROOT.resolve(path).toFile())
                    .mimeType(mimeType)
                    .build());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Runs an async function to its end. All its promises settle by themselves: nothing in these tests waits for time.
     */
    void run(Value function) {
        AtomicReference<String> end = new AtomicReference<>("it never ended");
        function.execute().invokeMember("then", (ProxyExecutable) done -> end.getAndSet(""), (ProxyExecutable)
                failed -> end.getAndSet(told(failed[0])));
        if (!end.get().isEmpty()) {
            throw new AssertionError(end.get());
        }
    }

    private static String told(Value error) {
        Value stack = error.hasMembers() ? error.getMember("stack") : null;
        return stack == null || stack.isNull() ? error.toString() : stack.asString();
    }

    @Override
    public void close() {
        context.close();
    }
}
