package io.callisto.manager.dialing;

/**
 * What a duty keeps between its steps: a copy of rows, and what has not been written yet.
 *
 * @param queue contacts that are due
 * @param inFlight attempts that are not final
 * @param inbox news of attempts
 * @param mailbox answers of blocking calls
 */
record DialerMemory(ContactQueue queue, InFlight inFlight, EventInbox inbox, Mailbox mailbox) {
    private static final int SECONDS_AHEAD = 10;
    private static final int LEAST = 200;

    /** Empty memory; the queue holds what the pace needs for some seconds, within its limit. */
    static DialerMemory empty(JobSpec spec, DialingProperties properties) {
        int ahead = (int) Math.ceil(spec.node().callsPerSecond() * SECONDS_AHEAD);
        int limit = Math.min(properties.queueLimit(), Math.max(LEAST, ahead));
        return new DialerMemory(new ContactQueue(limit), new InFlight(), new EventInbox(), new Mailbox());
    }
}
