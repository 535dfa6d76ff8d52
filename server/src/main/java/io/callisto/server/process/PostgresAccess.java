package io.callisto.server.process;

import io.callisto.db.PostgresDriver;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * Connections without {@link java.sql.DriverManager}, which would load every driver of the class path, Ignite with all
 * it drags
 * in among them.
 */
public final class PostgresAccess {
    private PostgresAccess() {}

    /**
     * A new connection each time.
     *
     * @param application name that PostgreSQL shows
     * @param answerSeconds longest wait for an answer
     */
    public static DataSource of(String url, String user, String password, String application, int answerSeconds) {
        SimpleDriverDataSource source = new SimpleDriverDataSource(PostgresDriver.get(), url, user, password);
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", Integer.toString(answerSeconds));
        properties.setProperty("ApplicationName", application);
        source.setConnectionProperties(properties);
        return source;
    }
}
