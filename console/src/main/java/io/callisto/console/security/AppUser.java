package io.callisto.console.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** A row of table {@code app_user}, as Spring Security wants it. Immutable. */
final class AppUser implements UserDetails {
    /** Authority of users that see all organisations. */
    static final String GLOBAL = "GLOBAL";

    private static final long serialVersionUID = 1L;

    private final int userId;
    private final String name;
    private final String passwordHash;
    private final Role role;
    private final @Nullable Integer organisationId;
    private final boolean enabled;

    AppUser(
            int userId,
            String name,
            String passwordHash,
            Role role,
            @Nullable Integer organisationId,
            boolean enabled) {
        this.userId = userId;
        this.name = name;
        this.passwordHash = passwordHash;
        this.role = role;
        this.organisationId = organisationId;
        this.enabled = enabled;
    }

    /**
     * @param organisationId what the request is about
     */
    Caller calling(int organisationId) {
        return new Caller(userId, name, role, this.organisationId, organisationId);
    }

    @Nullable
    Integer boundTo() {
        return organisationId;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        List<GrantedAuthority> authorities = new ArrayList<>();
        authorities.add(new SimpleGrantedAuthority("ROLE_" + role));
        if (organisationId == null) {
            authorities.add(new SimpleGrantedAuthority(GLOBAL));
        }
        return authorities;
    }

    @Override
    public String getPassword() {
        return passwordHash;
    }

    @Override
    public String getUsername() {
        return name;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public String toString() {
        return "AppUser[" + userId + "]";
    }
}
