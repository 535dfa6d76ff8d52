package io.callisto.server.supervisor;

import io.callisto.server.process.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor remembers of one process, so that its successor adopts it, and what others see.
 *
 * @param service as in the plan
 * @param process the newest process, also after its death
 * @param failures deaths in a row
 * @param stopped whether an administrator wished it stopped
 */
public record MemberRecord(String service, @Nullable ProcessIdentity process, int failures, boolean stopped) {}
