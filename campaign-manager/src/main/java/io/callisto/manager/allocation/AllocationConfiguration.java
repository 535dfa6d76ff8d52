package io.callisto.manager.allocation;

import io.callisto.ha.Coordinator;
import io.callisto.ha.ServiceHandle;
import io.callisto.manager.dialing.Dialers;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the allocation. */
@Configuration(proxyBeanMethods = false)
public class AllocationConfiguration {
    /** Name of the service and of its endpoint. */
    public static final String SERVICE = "campaign-manager";

    /** A director that is replaced is away for less; it must not find its jobs taken. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Bean(destroyMethod = "close")
    ServiceHandle serviceHandle(Coordinator coordinator) {
        return coordinator.register(SERVICE);
    }

    @Bean
    AllocationRunner allocationRunner(
            DataSource dataSource, ServiceHandle handle, Dialers dialers, Environment environment) {
        String bind = environment.getProperty("callisto.bind-host", "127.0.0.1");
        // Nobody calls a campaign manager: the entry only says that this server can dial.
        String address = environment.getProperty("callisto.advertised-host", bind) + ":0";
        return new AllocationRunner(
                handle,
                new AllocationFollower(new JdbcAllocationStore(dataSource), handle, dialers::of, PATIENCE),
                address);
    }
}
