/**
 * The event contract: records, their JSON and its schemas, topic names, headers. All that a reader of the events needs;
 * imports nothing but Jackson. It only grows: a golden file and the schemas fail the build when it drifts.
 */
@NullMarked
package io.callisto.event.contract;

import org.jspecify.annotations.NullMarked;
