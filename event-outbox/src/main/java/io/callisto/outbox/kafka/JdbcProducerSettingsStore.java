package io.callisto.outbox.kafka;

import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The producers' settings in tables {@code pim_config} (row {@value #PROFILE_NAME}) and {@code
 * pim_kafka_producer_config}. Thread-safe.
 */
public final class JdbcProducerSettingsStore implements ProducerSettingsSource {
    /** Row of {@code pim_config} that names the profile in use. */
    public static final String PROFILE_NAME = "KafkaProducerProfile";

    private final JdbcClient jdbc;

    public JdbcProducerSettingsStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public ProducerSettings load() {
        String profile = jdbc.sql("select value from pim_config where name = :name")
                .param("name", PROFILE_NAME)
                .query(String.class)
                .optional()
                .orElse(ProducerSettings.SAFE_FAST.profile());
        Map<String, String> values = new HashMap<>();
        jdbc.sql("select name, value from pim_kafka_producer_config where profile = :profile")
                .param("profile", profile)
                .query(row -> {
                    values.put(row.getString("name"), row.getString("value"));
                });
        return new ProducerSettings(profile, values);
    }
}
