/**
 * The life of a job: from the user's start through the filter to its end. Work of the owner of scope {@code director},
 * who alone
 * writes rows of {@code job} and {@code job_zone} once they exist. Keeps INV-8: a job moves only as {@code
 * JobState.next()} says,
 * each move raises its version by one and writes one event with that number.
 */
@NullMarked
package io.callisto.director.jobs;

import org.jspecify.annotations.NullMarked;
