package io.callisto.ha;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** What one service sees of the JVM's coordinator. Closing it releases that service's scopes. Thread-safe. */
public interface ServiceHandle extends AutoCloseable {
    /** Name of the service, such as {@code campaign-manager}. */
    String service();

    /** Name of the server, such as {@code s1}. */
    String server();

    /** This JVM's incarnation. */
    NodeId node();

    /**
     * Publishes where this service listens; visible to {@link ServiceDirectory} of every node soon after.
     *
     * @param endpoints name to {@code host:port}
     */
    void publish(Map<String, String> endpoints);

    /**
     * Stands for a scope until the candidacy is closed. Claiming, renewing and the duty's thread are the coordinator's.
     *
     * @param idle longest wait between two {@link RoleDuty#doWork} that found nothing to do
     * @throws IllegalStateException where this JVM stands for the scope already
     */
    Candidacy standFor(Scope scope, Duration idle, RoleDutyFactory duties);

    /**
     * As {@link #standFor(Scope, Duration, RoleDutyFactory)}, for a role that may go back to the server that the
     * administrator allocated ({@code scope_wish}) once that server has been back for a while.
     */
    default Candidacy standFor(Scope scope, Duration idle, FailBack failBack, RoleDutyFactory duties) {
        return standFor(scope, idle, duties);
    }

    /**
     * Hears the database's NOTIFY, and once after every reconnect with an empty payload. A hint: messages can be
     * missed.
     *
     * @param listener called on the coordinator's thread: must only wake somebody
     */
    AutoCloseable onNotify(String channel, Consumer<String> listener);

    /** Releases all scopes of this service, bounded by the hand-over limit. */
    @Override
    void close();
}
