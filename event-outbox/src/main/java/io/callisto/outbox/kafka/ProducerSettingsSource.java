package io.callisto.outbox.kafka;

/** Where the producers' settings are kept; asked at each start of a producer, and while it works. */
@FunctionalInterface
public interface ProducerSettingsSource {
    /** The settings as they are now. */
    ProducerSettings load();
}
