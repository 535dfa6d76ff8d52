package io.callisto.console.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request changes.
 *
 * @param action such as {@code zone.rename}
 * @param target such as {@code zone/3}
 * @param shared whether it belongs to no organisation, as zones and services
 * @param detail what it was and what it is; no phone numbers, no names of people, no passwords
 */
public record Change(String action, String target, boolean shared, Map<String, @Nullable Object> detail) {
    public Change {
        detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
    }

    /** Something of the caller's organisation. */
    public static Change of(String action, String target) {
        return new Change(action, target, false, Map.of());
    }

    /** Something that all organisations share. */
    public static Change ofAll(String action, String target) {
        return new Change(action, target, true, Map.of());
    }

    /** The change with one more detail. */
    public Change with(String key, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(detail);
        more.put(key, value);
        return new Change(action, target, shared, more);
    }

    /** The change with what was and what is. */
    public Change from(@Nullable Object before, @Nullable Object after) {
        return with("before", before).with("after", after);
    }
}
