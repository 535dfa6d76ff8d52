package io.callisto.ha;

import java.util.regex.Pattern;

/**
 * How to reach PostgreSQL.
 *
 * @param url JDBC address
 * @param user may be empty where the address says it
 * @param password never printed
 */
public record DatabaseAddress(String url, String user, String password) {
    private static final Pattern PARAMETERS = Pattern.compile("\\?.*$");
    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

    /** The address without anything that could be secret. */
    public String shown() {
        return USER_INFO.matcher(PARAMETERS.matcher(url).replaceFirst("")).replaceFirst("//");
    }

    @Override
    public String toString() {
        return shown();
    }
}
