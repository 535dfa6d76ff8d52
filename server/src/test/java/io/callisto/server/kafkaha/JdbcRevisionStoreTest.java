package io.callisto.server.kafkaha;

import io.callisto.db.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcRevisionStoreTest extends RevisionStoreContract {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @BeforeEach
    void empty() {
        JdbcClient jdbc = JdbcClient.create(DB.dataSource());
        jdbc.sql("delete from kafka_ha_revision").update();
        jdbc.sql("delete from kafka_ha_applied").update();
        jdbc.sql("update kafka_ha_current set revision = 0").update();
    }

    @Override
    RevisionStore store() {
        return new JdbcRevisionStore(DB.dataSource(), "the test's database");
    }
}
