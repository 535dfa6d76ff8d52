package io.callisto.db.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Under which account the PostgreSQL programs run. They refuse to run as root, so root either enters a user namespace
 * of its
 * own (files keep root as owner, which works below /root too), or drops to an unprivileged uid.
 *
 * @param prefix put before every command
 * @param uid whom files must be given to, or -1
 */
record Account(List<String> prefix, int uid) {
    private static final int NOBODY = 65534;

    /** Chooses by who we are, by what works here, and by who owns an existing data directory. */
    static Account choose(Path dataDirectory) {
        if (!"0".equals(Shell.run(List.of(), List.of("id", "-u"), 10).output())) {
            return new Account(List.of(), -1);
        }
        Account namespace = new Account(List.of("unshare", "-U"), -1);
        List<Account> drops = List.of(
                new Account(
                        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"), NOBODY),
                new Account(List.of("runuser", "-u", "nobody", "--"), NOBODY));
        if (owner(dataDirectory) != NOBODY && namespace.works()) {
            return namespace;
        }
        return drops.stream().filter(Account::works).findFirst().orElseThrow(() -> new EmbeddedPostgresException("""
                PostgreSQL refuses to run as root, and neither 'unshare -U' (user namespaces), 'setpriv' nor 'runuser' \
                works here. Start Callisto as an ordinary user, or install util-linux, or use a PostgreSQL of your own:
                ./callisto up --database-url jdbc:postgresql://HOST:PORT/DATABASE"""));
    }

    private boolean works() {
        return Shell.run(prefix, List.of("id", "-u"), 10).output().equals(Integer.toString(NOBODY));
    }

    /** Whether binaries and data must be readable by a uid that is not ours. */
    boolean foreign() {
        return uid >= 0;
    }

    /** Gives a file or directory to the account. */
    void own(Path path) throws IOException {
        if (foreign()) {
            Files.setAttribute(path, "unix:uid", uid);
            Files.setAttribute(path, "unix:gid", uid);
        }
    }

    private static int owner(Path directory) {
        try {
            return Files.exists(directory) ? (Integer) Files.getAttribute(directory, "unix:uid") : -1;
        } catch (IOException | UnsupportedOperationException e) {
            return -1;
        }
    }
}
