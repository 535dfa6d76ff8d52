package io.callisto.console.security;

/** What a user may do. AGENT is for desktops and opens nothing here. */
public enum Role {
    ADMIN,
    SUPERVISOR,
    AUDITOR,
    AGENT
}
