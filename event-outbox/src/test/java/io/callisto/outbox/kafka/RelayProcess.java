package io.callisto.outbox.kafka;

import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.callisto.outbox.relay.EventLog;
import io.callisto.outbox.relay.Gathering;
import io.callisto.outbox.relay.JdbcRelayStore;
import io.callisto.outbox.relay.OutboxRelayDuty;
import io.callisto.outbox.relay.RelayMetrics;
import io.callisto.outbox.relay.RelaySettings;
import io.callisto.outbox.relay.TopicNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A relay in a JVM of its own, made to be killed: claims {@code outbox/0} and publishes until it dies. */
final class RelayProcess {
    private RelayProcess() {}

    static OutboxRelayDuty duty(DataSource dataSource, KafkaAddress kafka, int batchRows) {
        KafkaEventLog log = new KafkaEventLog(kafka, new JdbcProducerSettingsStore(dataSource), System::nanoTime);
        return duty(dataSource, log, batchRows, new SimpleMeterRegistry());
    }

    static OutboxRelayDuty duty(DataSource dataSource, EventLog log, int batchRows, MeterRegistry meters) {
        return new OutboxRelayDuty(
                0,
                new JdbcRelayStore(new FencedTransaction(dataSource, TestLeases.TICKER), 0),
                log,
                new RelaySettings(
                        batchRows, Duration.ofMillis(50), Duration.ofMillis(100), TopicNames.POM_4, Duration.ZERO),
                new RelayMetrics(meters, 0, Gathering.of(Duration.ZERO)),
                System::nanoTime);
    }

    /**
     * @param args JDBC URL, user, password, bootstrap servers, rows per batch
     */
    public static void main(String[] args) throws InterruptedException {
        DataSource source = new DriverManagerDataSource(args[0], args[1], args[2]);
        SingleConnectionDataSource single = new SingleConnectionDataSource(args[0], args[1], args[2], true);
        Lease lease = new TestLeases(source).takeOver(Scope.outbox(0));
        OutboxRelayDuty duty = duty(single, new KafkaAddress(args[3]), Integer.parseInt(args[4]));
        duty.takeOver(lease);
        while (true) {
            if (duty.doWork(lease) == 0) {
                Thread.onSpinWait();
            }
        }
    }
}
