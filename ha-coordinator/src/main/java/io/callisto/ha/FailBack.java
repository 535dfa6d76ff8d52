package io.callisto.ha;

/** Whether a role goes back by itself to the server that the administrator allocated, once that has returned. */
public enum FailBack {
    /** It stays where it is until somebody moves it, as agent managers do (AM-10). */
    NEVER,
    /** It goes back once the allocated server has been alive for a hold-down time, as zone directors do (CD-5). */
    TO_ALLOCATED
}
