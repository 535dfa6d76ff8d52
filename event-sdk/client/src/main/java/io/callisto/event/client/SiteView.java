package io.callisto.event.client;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a site. Times are of the ticker.
 *
 * @param name of the site
 * @param seen whether it was looked at already
 * @param reachable whether it answered when it was looked at last
 * @param since when that began
 * @param produced records that its topics ever had
 * @param grewAt when new records were seen last; null for never
 * @param missing topics that do not exist there
 * @param forbidden topics that we may not read there
 * @param problem why it does not answer; null where it does
 * @param lasting whether that problem stays until somebody does something
 */
record SiteView(
        String name,
        boolean seen,
        boolean reachable,
        long since,
        long produced,
        @Nullable Long grewAt,
        Set<String> missing,
        Set<String> forbidden,
        @Nullable String problem,
        boolean lasting) {
    SiteView {
        missing = Set.copyOf(missing);
        forbidden = Set.copyOf(forbidden);
    }

    static SiteView unseen(String name, long now) {
        return new SiteView(name, false, false, now, 0, null, Set.of(), Set.of(), null, false);
    }

    /** After an answer. */
    SiteView answered(Set<String> nowMissing, Set<String> nowForbidden, long nowProduced, long now) {
        boolean grew = seen && produced > 0 && nowProduced > produced;
        return new SiteView(
                name,
                true,
                true,
                reachable ? since : now,
                Math.max(produced, nowProduced),
                grew ? Long.valueOf(now) : grewAt,
                nowMissing,
                nowForbidden,
                null,
                false);
    }

    /** After none. */
    SiteView silent(@Nullable String why, boolean stays, long now) {
        return new SiteView(
                name, true, false, !seen || reachable ? now : since, produced, grewAt, missing, forbidden, why, stays);
    }

    static SiteView of(List<SiteView> views, String name) {
        return views.stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no site " + name));
    }
}
