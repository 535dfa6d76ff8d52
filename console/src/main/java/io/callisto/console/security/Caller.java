package io.callisto.console.security;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, and for which organisation.
 *
 * @param userId key of the user
 * @param name of the user
 * @param role of the user
 * @param boundTo the only organisation that the user sees; null: all
 * @param organisationId the organisation that this request is about
 */
public record Caller(
        int userId, String name, Role role, @Nullable Integer boundTo, int organisationId) {

    /** Whether the user sees all organisations. */
    public boolean global() {
        return boundTo == null;
    }

    public boolean admin() {
        return role == Role.ADMIN;
    }
}
