package io.callisto.event.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which site to follow; a decision without any I/O. */
final class SiteChoice {
    private SiteChoice() {}

    /**
     * The site to follow now, empty where none answers yet.
     *
     * @param views the sites in the order in which they are preferred
     * @param current the one followed so far; null for none
     * @param marker what {@link ActiveSite} says
     * @param now of the ticker
     */
    static Optional<String> decide(
            List<SiteView> views, @Nullable String current, Optional<String> marker, SiteRules rules, long now) {
        Optional<String> marked = marker.filter(
                name -> views.stream().anyMatch(view -> view.name().equals(name)));
        if (marked.isPresent()) {
            return marked; // whoever marks it knows better, also when it does not answer at the moment
        }
        Optional<String> first =
                views.stream().filter(SiteView::reachable).map(SiteView::name).findFirst();
        if (current == null) {
            return first;
        }
        SiteView ours = SiteView.of(views, current);
        if (!ours.reachable()) {
            boolean lost = ours.seen() && since(ours.since(), now, rules.unreachableAfter());
            return lost ? first.or(() -> Optional.of(current)) : Optional.of(current);
        }
        Optional<String> busier = busier(views, ours, rules, now);
        if (busier.isPresent()) {
            return busier;
        }
        return back(views, ours, rules, now).or(() -> Optional.of(current));
    }

    /** Another site that has new records while ours has had none for too long. */
    private static Optional<String> busier(List<SiteView> views, SiteView ours, SiteRules rules, long now) {
        Duration quietAfter = rules.quietAfter();
        if (quietAfter == null || !quiet(ours, now, quietAfter)) {
            return Optional.empty();
        }
        return views.stream()
                .filter(view -> view.reachable() && !view.name().equals(ours.name()) && !quiet(view, now, quietAfter))
                .filter(view -> ours.grewAt() == null || later(view.grewAt(), ours.grewAt()))
                .map(SiteView::name)
                .findFirst();
    }

    private static Optional<String> back(List<SiteView> views, SiteView ours, SiteRules rules, long now) {
        Duration goBackAfter = rules.goBackAfter();
        if (goBackAfter == null) {
            return Optional.empty();
        }
        Duration quietAfter = rules.quietAfter();
        return views.stream()
                .takeWhile(view -> !view.name().equals(ours.name()))
                .filter(view -> view.reachable() && since(view.since(), now, goBackAfter))
                // Where quietness counts, going back to a quiet site would only lead here again.
                .filter(view -> quietAfter == null || !quiet(view, now, quietAfter) || quiet(ours, now, quietAfter))
                .map(SiteView::name)
                .findFirst();
    }

    private static boolean quiet(SiteView view, long now, Duration quietAfter) {
        Long grewAt = view.grewAt();
        return grewAt == null ? since(view.since(), now, quietAfter) : since(grewAt, now, quietAfter);
    }

    private static boolean later(@Nullable Long one, Long other) {
        return one != null && one - other > 0;
    }

    private static boolean since(long begin, long now, Duration time) {
        return now - begin >= time.toNanos();
    }
}
