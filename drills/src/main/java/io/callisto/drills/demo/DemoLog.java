package io.callisto.drills.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What the demo tells while it runs, with the seconds since its start. Used by one thread. */
final class DemoLog {
    private final PrintWriter out;
    private final long started = System.nanoTime();
    private boolean open;

    DemoLog(PrintWriter out) {
        this.out = out;
    }

    /** A line of its own. */
    void say(String what) {
        line();
        out.printf(Locale.ROOT, "[%5.1f s] %s%n", seconds(), what);
        out.flush();
    }

    /** Lines without a time. */
    void show(List<String> lines) {
        line();
        lines.forEach(out::println);
        out.flush();
    }

    /** A line that the next one of its kind replaces. */
    void progress(String what) {
        out.printf(Locale.ROOT, "\r[%5.1f s] %-110s", seconds(), what);
        out.flush();
        open = true;
    }

    /** Ends a line of progress. */
    void line() {
        if (open) {
            out.println();
            open = false;
        }
    }

    double seconds() {
        return Math.round((System.nanoTime() - started) / 1e8) / 10.0;
    }
}
