package io.callisto.director.jobs;

/**
 * What there is for the common director to do, seen in one statement.
 *
 * @param orders whether any order waits
 * @param toFilter whether any job is queued or being filtered
 * @param open whether any job has not ended
 * @param zonesToRemove whether any zone is being deleted
 */
record Backlog(boolean orders, boolean toFilter, boolean open, boolean zonesToRemove) {}
