package io.callisto.domain.job;

/** What a user may ask of a job; kinds of rows of table {@code command} with scope {@code director}. */
public enum JobCommand {
    PAUSE,
    RESUME,
    STOP
}
