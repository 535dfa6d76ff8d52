/** What drills found, as text, JSON and Markdown. */
@NullMarked
package io.callisto.drills.report;

import org.jspecify.annotations.NullMarked;
