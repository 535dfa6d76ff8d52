package io.callisto.ha.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.callisto.ha.InterruptibleSockets;
import java.util.Properties;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Every pool of a context gets connections that an interrupt reaches and whose reads end in time, so that a database
 * that is cut off holds no thread of a former owner. What a pool has been told already stays.
 */
final class InterruptiblePools implements BeanPostProcessor {
    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof HikariDataSource pool && !pool.isRunning()) {
            Properties properties = pool.getDataSourceProperties();
            properties.putIfAbsent("socketFactory", InterruptibleSockets.class.getName());
            properties.putIfAbsent("connectTimeout", "3");
            properties.putIfAbsent("socketTimeout", "30");
            properties.putIfAbsent("tcpKeepAlive", "true");
        }
        return bean;
    }
}
