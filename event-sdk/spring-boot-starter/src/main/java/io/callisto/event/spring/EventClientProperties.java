package io.callisto.event.spring;

import io.callisto.event.client.CommitMode;
import io.callisto.event.client.RetryPolicy;
import io.callisto.event.client.SiteRules;
import io.callisto.event.client.StartAt;
import io.callisto.event.client.Startup;
import io.callisto.event.client.tls.EventSecurity;
import io.callisto.event.contract.TopicNaming;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

/**
 * Settings of the event client, in the application of one who uses the Spring Boot starter.
 *
 * @param enabled whether to start a client at all
 * @param bootstrapServers Kafka of the only site, {@code host:port,host:port}
 * @param sites instead of it, several sites in order of preference
 * @param name for threads, logs and the broker; without it the group
 * @param group under which positions are kept; without it every start begins anew
 * @param organisations whose events to get
 * @param topicNaming how the cluster calls its topics: POM_4 or POM_3
 * @param startAt where to begin: {@code last-position} (a new group with new events),
 *     {@code last-position-or-earliest}, {@code earliest}, {@code latest}, a time ({@code 2026-11-22T10:00:00Z}) or how
 *     long ago ({@code 5m})
 * @param commit when positions are kept: EACH, BATCH or MANUAL
 * @param startup what to do when the client cannot read at once: WAIT or FAIL
 * @param retry how often a handler that throws is called again
 * @param security certificates
 * @param siteRules which of several sites to follow
 * @param duplicates what remembers the events that were handled
 * @param kafka further properties of Kafka's consumer
 */
@ConfigurationProperties("callisto.event-client")
public record EventClientProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String bootstrapServers,
        @DefaultValue List<Site> sites,
        @Nullable String name,
        @Nullable String group,
        @DefaultValue("0") Set<Integer> organisations,
        @DefaultValue("POM_4") TopicNaming topicNaming,
        @DefaultValue("last-position") String startAt,
        @DefaultValue("BATCH") CommitMode commit,
        @DefaultValue("WAIT") Startup startup,
        @DefaultValue Retry retry,
        @DefaultValue Security security,
        @DefaultValue Rules siteRules,
        @DefaultValue Duplicates duplicates,
        @DefaultValue Map<String, String> kafka) {
    public EventClientProperties {
        if (bootstrapServers != null && !sites.isEmpty()) {
            throw new IllegalArgumentException("set callisto.event-client.bootstrap-servers or .sites, not both");
        }
        Set<String> names = new HashSet<>();
        for (Site site : sites) {
            if (!names.add(site.name())) {
                throw new IllegalArgumentException("callisto.event-client.sites has two sites " + site.name());
            }
        }
        begin(startAt);
        sites = List.copyOf(sites);
        organisations = Set.copyOf(organisations);
        kafka = Map.copyOf(kafka);
    }

    /** Where to begin. */
    StartAt begin() {
        return begin(startAt);
    }

    private static StartAt begin(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "last-position" -> StartAt.lastPositionOr(StartAt.latest());
            case "last-position-or-earliest" -> StartAt.lastPositionOr(StartAt.earliest());
            case "earliest" -> StartAt.earliest();
            case "latest" -> StartAt.latest();
            default -> timed(text.strip());
        };
    }

    private static StartAt timed(String text) {
        try {
            return text.contains(":")
                    ? StartAt.time(Instant.parse(text))
                    : StartAt.ago(DurationStyle.detectAndParse(text));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "callisto.event-client.start-at is none of last-position, last-position-or-earliest, earliest,"
                            + " latest, a time (2026-11-22T10:00:00Z) and how long ago (5m): " + text,
                    e);
        }
    }

    /**
     * A site.
     *
     * @param name of the site
     * @param bootstrapServers its Kafka, {@code host:port,host:port}
     */
    public record Site(String name, String bootstrapServers) {}

    /**
     * How often a handler that throws is called again.
     *
     * @param tries how often
     * @param firstWait before the first of them
     * @param factor by which each wait is longer
     * @param longestWait limit of a wait
     */
    public record Retry(
            @DefaultValue("5") int tries,
            @DefaultValue("200ms") Duration firstWait,
            @DefaultValue("2") double factor,
            @DefaultValue("30s") Duration longestWait) {
        RetryPolicy policy() {
            return new RetryPolicy(tries, firstWait, factor, longestWait);
        }
    }

    /**
     * Certificates; files are read again when they change. PEM: {@code certificate}, {@code key} and {@code ca};
     * PKCS#12: the two stores with their passwords; {@code ca} alone for TLS without a certificate of the client.
     *
     * @param certificate PEM file with the client's certificate
     * @param key PEM file with its private key (PKCS#8)
     * @param ca PEM file with the CAs to trust
     * @param keyStore PKCS#12 file with the client's certificate and key
     * @param keyStorePassword its password
     * @param trustStore PKCS#12 file with the CAs to trust
     * @param trustStorePassword its password
     */
    public record Security(
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable Path ca,
            @Nullable Path keyStore,
            @Nullable String keyStorePassword,
            @Nullable Path trustStore,
            @Nullable String trustStorePassword) {
        public Security {
            if ((certificate == null) != (key == null) || (certificate != null && ca == null)) {
                throw new IllegalArgumentException(
                        "callisto.event-client.security: certificate, key and ca belong together");
            }
            if (keyStore != null && (keyStorePassword == null || trustStore == null || trustStorePassword == null)) {
                throw new IllegalArgumentException("callisto.event-client.security: key-store, key-store-password,"
                        + " trust-store and trust-store-password belong together");
            }
            if (keyStore != null && ca != null) {
                throw new IllegalArgumentException(
                        "callisto.event-client.security: either PEM files or PKCS#12 stores, not both");
            }
        }

        EventSecurity security() {
            if (keyStore != null && keyStorePassword != null && trustStore != null && trustStorePassword != null) {
                return EventSecurity.pkcs12(keyStore, keyStorePassword, trustStore, trustStorePassword);
            }
            if (certificate != null && key != null && ca != null) {
                return EventSecurity.pem(certificate, key, ca);
            }
            return ca == null ? EventSecurity.none() : EventSecurity.tls(ca);
        }

        @Override
        public String toString() {
            return "Security"; // passwords are nobody's business
        }
    }

    /**
     * Which of several sites to follow.
     *
     * @param unreachableAfter a site that has not answered for this long is lost
     * @param quietAfter a site without new records for this long is left for one that has some; without it never
     * @param goBackAfter an earlier site that answers again for this long is gone back to; without it never
     * @param replay whether to read at the new site from the last event handled on; else new events only
     * @param overlap with {@code replay}: how much earlier
     */
    public record Rules(
            @DefaultValue("10s") Duration unreachableAfter,
            @Nullable Duration quietAfter,
            @Nullable Duration goBackAfter,
            @DefaultValue("false") boolean replay,
            @DefaultValue("1m") Duration overlap) {
        SiteRules rules() {
            SiteRules rules = SiteRules.standard()
                    .withUnreachableAfter(unreachableAfter)
                    .withQuietAfter(quietAfter)
                    .withGoBackAfter(goBackAfter);
            return replay ? rules.withReplay(overlap) : rules;
        }
    }

    /**
     * What remembers the events that were handled.
     *
     * @param remembered how many
     * @param file where they survive a crash; without it in memory only
     */
    public record Duplicates(
            @DefaultValue("50000") int remembered, @Nullable Path file) {}
}
