package io.callisto.ha;

/** Where the lease rows are. */
public interface LeaseDatabase {
    /** Opens a connection; an unchecked exception says why that failed. */
    LeaseSession open();

    /** For messages: host, port and name, no password. */
    String address();
}
