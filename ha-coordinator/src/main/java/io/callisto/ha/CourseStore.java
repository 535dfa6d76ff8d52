package io.callisto.ha;

/** The course of takeovers, for operators and drills; nothing depends on it. Used by one thread. */
public interface CourseStore {
    /**
     * The duty has taken over.
     *
     * @param seenAgoMillis since its node saw the scope free
     * @param readyAgoMillis since it was ready
     */
    void ready(Scope scope, long epoch, long seenAgoMillis, long readyAgoMillis);

    /**
     * The first work is done.
     *
     * @param what its name
     * @param agoMillis since it was done
     */
    void firstWork(Scope scope, long epoch, String what, long agoMillis);
}
