package io.callisto.cache.client;

import org.apache.ignite.IgniteLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ignite's log through SLF4J. Its INFO is a page per start, of no use to operators: it goes to DEBUG. */
final class Slf4jIgniteLogger implements IgniteLogger {
    private final Logger log;

    Slf4jIgniteLogger() {
        this(LoggerFactory.getLogger("org.apache.ignite"));
    }

    private Slf4jIgniteLogger(Logger log) {
        this.log = log;
    }

    @Override
    public IgniteLogger getLogger(@Nullable Object category) {
        if (category == null) {
            return new Slf4jIgniteLogger();
        }
        return new Slf4jIgniteLogger(
                category instanceof Class<?> type
                        ? LoggerFactory.getLogger(type)
                        : LoggerFactory.getLogger(category.toString()));
    }

    @Override
    public void trace(String message) {
        log.trace(message);
    }

    @Override
    public void debug(String message) {
        log.trace(message);
    }

    @Override
    public void info(String message) {
        log.debug(message);
    }

    @Override
    public void warning(String message, @Nullable Throwable cause) {
        log.warn(message, cause);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        log.error(message, cause);
    }

    @Override
    public boolean isTraceEnabled() {
        return log.isTraceEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isTraceEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public boolean isQuiet() {
        return false;
    }

    @Override
    public @Nullable String fileName() {
        return null;
    }
}
