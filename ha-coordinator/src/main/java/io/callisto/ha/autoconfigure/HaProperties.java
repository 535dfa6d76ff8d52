package io.callisto.ha.autoconfigure;

import io.callisto.ha.CoordinatorSettings.Patience;
import io.callisto.ha.TimingProfile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Ownership. The nullable ones override the chosen {@code callisto.timing} profile one by one; an unsafe result is
 * refused.
 *
 * @param ttl how long a renewal keeps a lease
 * @param renew time between two renewals
 * @param margin by how much an owner stops before its lease can end
 * @param statementTimeout of the lease connection
 * @param connectTimeout of the lease connection, whole seconds
 * @param zookeeperSession session timeout
 * @param sweep longest time between two looks at a lease that somebody else holds
 * @param handOverLimit longest time that a piece of work may hold up a hand-over
 * @param peerPort where peers connect to see that this process is there; 0 for a free port
 * @param failBack whether roles such as zone directors go back to the servers that the administrator allocated
 * @param failBackAfter how long such a server must have been alive before
 * @param stuckAfter how long one piece of work may take before the role is given to another
 * @param clockSkewLimit how far this server's clock may be from the database's without a warning
 */
@ConfigurationProperties("callisto.ha")
public record HaProperties(
        @Nullable Duration ttl,
        @Nullable Duration renew,
        @Nullable Duration margin,
        @Nullable Duration statementTimeout,
        @Nullable Duration connectTimeout,
        @Nullable Duration zookeeperSession,
        @DefaultValue("1s") Duration sweep,
        @DefaultValue("5s") Duration handOverLimit,
        @DefaultValue("0") int peerPort,
        @DefaultValue("true") boolean failBack,
        @DefaultValue("30s") Duration failBackAfter,
        @DefaultValue("30s") Duration stuckAfter,
        @DefaultValue("1s") Duration clockSkewLimit) {

    Patience patience() {
        return new Patience(failBack, failBackAfter, stuckAfter, clockSkewLimit);
    }

    /** The profile of that name with these overrides. */
    TimingProfile timing(String profile) {
        TimingProfile base = TimingProfile.named(profile);
        return new TimingProfile(
                base.name(),
                or(ttl, base.ttl()),
                or(renew, base.renew()),
                or(margin, base.margin()),
                or(statementTimeout, base.statementTimeout()),
                or(connectTimeout, base.connectTimeout()),
                or(zookeeperSession, base.zooKeeperSession()));
    }

    private static Duration or(@Nullable Duration override, Duration base) {
        return override == null ? base : override;
    }
}
