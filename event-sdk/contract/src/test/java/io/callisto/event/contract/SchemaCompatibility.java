package io.callisto.event.contract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Whether a schema may take the place of the one that was released. Allowed: other words for people, new optional
 * fields, new words of an open vocabulary (field with {@code examples}). All else is refused, in both directions: what
 * today's writers send must be valid for a reader who checks by the released schema (unknown fields aside), and what
 * the log still holds from yesterday must be valid by today's.
 */
final class SchemaCompatibility {
    private static final Set<String> FOR_PEOPLE = Set.of("title", "description", "$comment", "deprecated");
    private static final Set<String> FIELDS_BY_NAME = Set.of("properties", "$defs", "patternProperties");
    private static final Set<String> SCHEMAS = Set.of("if", "then", "else", "items", "additionalProperties", "not");

    private final List<String> broken = new ArrayList<>();

    private SchemaCompatibility() {}

    /** What the new schema breaks, in words; empty where nothing. */
    static List<String> broken(JsonNode released, JsonNode now) {
        SchemaCompatibility check = new SchemaCompatibility();
        check.compare(released, now, "");
        return List.copyOf(check.broken);
    }

    private void compare(JsonNode released, JsonNode now, String at) {
        if (!released.isObject() || !now.isObject()) {
            same(released, now, at);
            return;
        }
        Set<String> keywords = new LinkedHashSet<>(released.propertyNames());
        keywords.addAll(now.propertyNames());
        for (String keyword : keywords) {
            if (!FOR_PEOPLE.contains(keyword)) {
                compare(keyword, released.path(keyword), now.path(keyword), at);
            }
        }
    }

    private void compare(String keyword, JsonNode released, JsonNode now, String at) {
        if (keyword.equals("examples")) {
            lost(words(released), words(now)).forEach(word -> broken.add(at + ": the word " + word + " is gone"));
        } else if (released.isMissingNode()) {
            broken.add(at + ": a new constraint, " + keyword);
        } else if (now.isMissingNode()) {
            broken.add(at + ": the constraint " + keyword + " is gone");
        } else if (FIELDS_BY_NAME.contains(keyword)) {
            fields(released, now, at);
        } else if (keyword.equals("required")) {
            lost(words(now), words(released)).forEach(name -> broken.add(at + "/" + bare(name) + ": is required now"));
            lost(words(released), words(now)).forEach(name -> broken.add(at + "/" + bare(name) + ": was required"));
        } else if (keyword.equals("enum")) {
            lost(words(now), words(released)).forEach(word -> broken.add(at + ": a new value, " + word));
            lost(words(released), words(now)).forEach(word -> broken.add(at + ": the value " + word + " is gone"));
        } else if (SCHEMAS.contains(keyword)) {
            compare(released, now, at + "/" + keyword);
        } else {
            same(released, now, at + ": " + keyword);
        }
    }

    private void fields(JsonNode released, JsonNode now, String at) {
        for (Map.Entry<String, JsonNode> field : released.properties()) {
            JsonNode same = now.path(field.getKey());
            String place = at + "/" + field.getKey();
            if (same.isMissingNode()) {
                broken.add(place + ": the field is gone");
            } else {
                compare(field.getValue(), same, place);
            }
        }
    }

    private void same(JsonNode released, JsonNode now, String at) {
        if (!released.equals(now)) {
            broken.add(at + " was " + released + ", is " + now);
        }
    }

    private static Set<String> words(JsonNode array) {
        return array.valueStream().map(JsonNode::toString).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String bare(String word) {
        return word.replace("\"", "");
    }

    private static Set<String> lost(Set<String> before, Set<String> after) {
        Set<String> lost = new LinkedHashSet<>(before);
        lost.removeAll(after);
        return lost;
    }
}
