package io.callisto.outbox.kafka;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which settings producers get: those that are configured, unless they are of no use; then those that were in
 * force before. Thread-safe.
 */
final class SettingsInForce {
    private static final Logger log = LoggerFactory.getLogger(SettingsInForce.class);

    /** So often a producer must fail with settings that nobody has tried yet before the old ones are tried. */
    private static final int PATIENCE = 3;

    private final ProducerSettingsSource source;

    /** A producer was opened with them. */
    private @Nullable ProducerSettings proven;

    /** The newest that had no formal problem. */
    private @Nullable ProducerSettings valid;

    private @Nullable ProducerSettings refused;
    private @Nullable ProducerSettings failing;
    private int failures;

    SettingsInForce(ProducerSettingsSource source) {
        this.source = source;
    }

    /** The settings that a producer that is made now should have. */
    ProducerSettings choose() {
        ProducerSettings wanted = source.load();
        return choose(wanted);
    }

    private synchronized ProducerSettings choose(ProducerSettings wanted) {
        if (wanted.equals(refused)) {
            return fallback(wanted);
        }
        List<SettingProblem> problems = wanted.problems();
        if (problems.isEmpty()) {
            valid = wanted;
            refused = null;
            return wanted;
        }
        refused = wanted;
        ProducerSettings instead = fallback(wanted);
        log.atWarn()
                .addKeyValue("profile", wanted.profile())
                .addKeyValue("problems", problems)
                .addKeyValue("inForce", instead.profile())
                .addKeyValue("unchanged", proven != null || valid != null)
                .log("the producer settings in the database are refused; other settings stay in force");
        return instead;
    }

    private ProducerSettings fallback(ProducerSettings wanted) {
        if (proven != null) {
            return proven;
        }
        if (valid != null) {
            return valid;
        }
        ProducerSettings cleaned = wanted.withoutProblems();
        return cleaned.problems().isEmpty() ? cleaned : ProducerSettings.SAFE_FAST;
    }

    /** A producer was opened with them. */
    synchronized void proved(ProducerSettings used) {
        proven = used;
        valid = used;
        failures = 0;
        failing = null;
    }

    /**
     * No producer could be opened with them. Mostly Kafka is away; but settings that never worked may be the reason.
     *
     * @return settings that did work, where it is time to try them
     */
    synchronized Optional<ProducerSettings> failed(ProducerSettings used) {
        if (proven == null || used.equals(proven)) {
            return Optional.empty();
        }
        failures = used.equals(failing) ? failures + 1 : 1;
        failing = used;
        return failures >= PATIENCE ? Optional.of(proven) : Optional.empty();
    }

    /** A producer could be opened with the old settings and not with these. */
    synchronized void refuse(ProducerSettings unusable, @Nullable String failure) {
        refused = unusable;
        log.atWarn()
                .addKeyValue("profile", unusable.profile())
                .addKeyValue("failure", failure)
                .addKeyValue("inForce", proven == null ? "" : proven.profile())
                .log("no producer could be opened with the new settings; the old ones stay in force until they change");
    }
}
