package io.callisto.console.security;

import io.callisto.console.settings.ConsoleProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Makes the first user of an empty installation. Several servers may try at once: the name is unique. */
final class InitialAdministrator implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(InitialAdministrator.class);

    private final JdbcAppUserStore users;
    private final PasswordEncoder passwords;
    private final ConsoleProperties properties;

    private volatile boolean running;

    InitialAdministrator(JdbcAppUserStore users, PasswordEncoder passwords, ConsoleProperties properties) {
        this.users = users;
        this.passwords = passwords;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        try {
            if (!users.anybody()) {
                make();
            }
        } catch (DataAccessException unavailable) {
            // The console must start without the database; requests answer 503 meanwhile.
            log.atWarn()
                    .addKeyValue("cause", unavailable.getClass().getSimpleName())
                    .log("first administrator not checked: database unavailable; restart the console once it is back if"
                            + " the installation is new");
        }
    }

    private void make() {
        String password = properties.initialAdminPassword();
        if (password == null || password.isEmpty()) {
            log.atWarn()
                    .log("there is no user: set callisto.console.initial-admin-password and restart to have an"
                            + " administrator made");
            return;
        }
        String hash = passwords.encode(password);
        if (hash != null && users.insertFirst(properties.initialAdmin(), hash).isPresent()) {
            log.atInfo().addKeyValue("user", properties.initialAdmin()).log("first administrator made");
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server: the first request should find the user. */
    @Override
    public int getPhase() {
        return 0;
    }
}
