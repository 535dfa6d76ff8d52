package io.callisto.events;

import io.callisto.event.contract.TopicNaming;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The event stream.
 *
 * @param partitions of each event topic when it is created; more than 1 keeps the order per key only
 * @param retention of each event topic when it is created
 * @param topicNaming {@code pom-4} ({@code POM.Default.JOB}) or {@code pom-3} ({@code Default_POM_JOB})
 * @param removeTopicsOfDeletedOrganisations whether a deleted organisation's topics go too, with all that is in them
 * @param batchRows most events of one Kafka transaction
 * @param gather how long small changes are gathered into one transaction
 * @param idle longest wait for new events when the database's notice is missed
 * @param retry wait after a failure of Kafka
 * @param organisationCheck time between two looks for new organisations
 */
@ConfigurationProperties("callisto.events")
public record EventsProperties(
        @DefaultValue("1") int partitions,
        @DefaultValue("168h") Duration retention,
        @DefaultValue("pom-4") TopicNaming topicNaming,
        @DefaultValue("false") boolean removeTopicsOfDeletedOrganisations,
        @DefaultValue("2000") int batchRows,
        @DefaultValue("20ms") Duration gather,
        @DefaultValue("250ms") Duration idle,
        @DefaultValue("250ms") Duration retry,
        @DefaultValue("1s") Duration organisationCheck) {
    public EventsProperties {
        if (partitions < 1 || retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException(
                    "callisto.events.partitions and callisto.events.retention must be positive");
        }
        if (idle.isNegative() || idle.isZero() || gather.isNegative()) {
            throw new IllegalArgumentException("callisto.events.idle must be positive and gather not negative");
        }
    }
}
