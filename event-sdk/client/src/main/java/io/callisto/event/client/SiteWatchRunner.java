package io.callisto.event.client;

import io.callisto.event.client.source.SiteProbe;
import io.callisto.event.client.source.SourceFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the sites and says which one to follow. Has a thread of its own, because looking at a site that is gone
 * takes its time, which the handlers must not wait for.
 */
final class SiteWatchRunner implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(SiteWatchRunner.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final ClientSettings settings;
    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, SiteProbe> probes = new HashMap<>();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private volatile List<SiteView> views;
    private volatile @Nullable String wanted;

    /**
     * @param changed called when there is something new
     */
    SiteWatchRunner(ClientSettings settings, Runnable changed) {
        this.settings = settings;
        this.changed = changed;
        long now = settings.ticker().getAsLong();
        this.views = settings.sites().stream()
                .map(place -> SiteView.unseen(place.name(), now))
                .toList();
    }

    /** The site to follow; empty as long as none answers. */
    Optional<String> wanted() {
        return Optional.ofNullable(wanted);
    }

    List<SiteView> views() {
        return views;
    }

    /** Records came from a site just now, so it is there, whatever a look at it says. */
    void heard(String site) {
        heard.put(site, settings.ticker().getAsLong());
    }

    void close() {
        closed.countDown();
    }

    @Override
    public void run() {
        try {
            do {
                for (ClientSettings.SitePlace place : settings.sites()) {
                    if (closed.getCount() > 0) {
                        put(look(place.name()));
                    }
                    if (wanted == null) {
                        choose(); // the first that answers will do; the others may take their time
                    }
                }
                choose();
            } while (!closed.await(settings.siteRules().lookEvery().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            probes.keySet().stream().toList().forEach(this::closeProbe);
        }
    }

    private void choose() {
        long now = settings.ticker().getAsLong();
        String before = wanted;
        Optional<String> choice = SiteChoice.decide(views, before, marker(), settings.siteRules(), now);
        if (choice.isPresent() && !choice.get().equals(before)) {
            wanted = choice.get();
        }
        changed.run();
    }

    private Optional<String> marker() {
        try {
            return settings.activeSite().name();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("the marker of the active site cannot be read");
            return Optional.empty();
        }
    }

    private void put(SiteView view) {
        views = views.stream()
                .map(old -> old.name().equals(view.name()) ? view : old)
                .toList();
    }

    private SiteView look(String site) {
        SiteView before = SiteView.of(views, site);
        try {
            SiteProbe probe = probes.get(site);
            if (probe == null) {
                probe = settings.connector(site).probe(settings.name() + "-look");
                probes.put(site, probe);
            }
            Set<String> topics = settings.routes().keySet();
            SiteProbe.Look look = probe.look(topics, LIMIT);
            return before.answered(
                    look.missing(),
                    look.forbidden(),
                    look.produced(),
                    settings.ticker().getAsLong());
        } catch (SourceFailure e) {
            return silent(before, e.getMessage(), e.kind().lasting());
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("site", site).setCause(e).log("a site cannot be looked at");
            return silent(before, e.toString(), false);
        }
    }

    private SiteView silent(SiteView before, @Nullable String why, boolean lasting) {
        closeProbe(before.name()); // a new one may find what has changed: addresses, certificates
        long now = settings.ticker().getAsLong();
        Long heardAt = heard.get(before.name());
        if (heardAt != null && now - heardAt < settings.siteRules().lookEvery().toNanos()) {
            return before.answered(before.missing(), before.forbidden(), before.produced(), now);
        }
        if (before.reachable() || !before.seen()) {
            log.atWarn()
                    .addKeyValue("site", before.name())
                    .addKeyValue("reason", why)
                    .log("a site does not answer");
        }
        return before.silent(why, lasting, now);
    }

    private void closeProbe(String site) {
        SiteProbe probe = probes.remove(site);
        if (probe != null) {
            try {
                probe.close();
            } catch (RuntimeException e) {
                log.atDebug().addKeyValue("site", site).setCause(e).log("closing");
            }
        }
    }
}
