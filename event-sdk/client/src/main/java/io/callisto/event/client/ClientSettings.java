package io.callisto.event.client;

import io.callisto.event.client.source.Connector;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that a client was built with.
 *
 * @param name for threads, logs and the broker
 * @param group whose positions are kept; null for none
 * @param routes by topic
 * @param sites in the order in which they are preferred
 * @param reading how to read
 * @param handling how to treat what was read
 * @param siteRules which site to follow
 * @param activeSite who may know it
 * @param clock wall clock
 * @param ticker nanoseconds that only rise
 */
record ClientSettings(
        String name,
        @Nullable String group,
        Map<String, Route> routes,
        List<SitePlace> sites,
        Reading reading,
        Handling handling,
        SiteRules siteRules,
        ActiveSite activeSite,
        Clock clock,
        LongSupplier ticker) {
    ClientSettings {
        routes = Map.copyOf(routes);
        sites = List.copyOf(sites);
    }

    /**
     * A site and the way to it.
     *
     * @param name of the site
     * @param connector the way
     */
    record SitePlace(String name, Connector connector) {}

    /**
     * How to read.
     *
     * @param startAt where to begin
     * @param commit when positions are kept
     * @param startup what to do when it does not begin at once
     * @param startupLimit how long to wait for it
     * @param mostUnacknowledged with {@link CommitMode#MANUAL}, events given out and not acknowledged
     */
    record Reading(
            StartAt startAt, CommitMode commit, Startup startup, Duration startupLimit, int mostUnacknowledged) {}

    /**
     * How to treat what was read.
     *
     * @param retry before the error handler is asked
     * @param errors the error handler
     * @param poison gets what is no event
     * @param duplicates which events were dealt with
     * @param observer hears what happens
     */
    record Handling(
            RetryPolicy retry,
            ErrorHandler errors,
            PoisonHandler poison,
            DuplicateStore duplicates,
            EventClientObserver observer) {}

    Connector connector(String site) {
        Map<String, Connector> byName = new LinkedHashMap<>();
        sites.forEach(place -> byName.put(place.name(), place.connector()));
        Connector connector = byName.get(site);
        if (connector == null) {
            throw new IllegalArgumentException("there is no site " + site);
        }
        return connector;
    }
}
