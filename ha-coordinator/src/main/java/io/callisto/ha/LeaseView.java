package io.callisto.ha;

import org.jspecify.annotations.Nullable;

/**
 * A scope's lease as a candidate reads it; every time in it was computed by the database's clock.
 *
 * @param epoch of the last owner
 * @param owner the last owner, null where there was none
 * @param released whether the owner gave it back
 * @param ownerDead whether the owner's incarnation has a death certificate
 * @param remainingMillis until it is free to be claimed; 0 or less: free for that long
 * @param holdMillis until anybody may claim it, 0 where there is no such limit
 * @param preferred server that the administrator would rather see as the owner
 */
public record LeaseView(
        long epoch,
        @Nullable NodeId owner,
        boolean released,
        boolean ownerDead,
        long remainingMillis,
        long holdMillis,
        @Nullable String preferred) {}
