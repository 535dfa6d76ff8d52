/**
 * Statistics events of jobs (topic JOBSTATISTICS): at a steady cadence while a job works, and with every move of its
 * state. Work of the owner of scope {@code director}, who alone writes rows of {@code job_statistics}: the sequence and
 * the totals of the last event, from which whoever directs next goes on. What is told comes from counters that the
 * database keeps (INV-11), so the cost does not rise with the number of contacts.
 */
@NullMarked
package io.callisto.director.statistics;

import org.jspecify.annotations.NullMarked;
