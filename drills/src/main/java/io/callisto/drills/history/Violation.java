package io.callisto.drills.history;

/** Something that must not happen, in words for the report. */
public record Violation(Aspect aspect, String what) {
    @Override
    public String toString() {
        return aspect + ": " + what;
    }
}
