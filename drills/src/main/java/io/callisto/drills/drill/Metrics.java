package io.callisto.drills.drill;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers out of a server's metrics in Prometheus' text format. */
final class Metrics {
    private Metrics() {}

    /** The sum of a metric over its tags; empty where it is not there. */
    static OptionalDouble sum(String text, String name) {
        Matcher found = Pattern.compile("(?m)^" + Pattern.quote(name) + "(?:\\{[^}]*})?\\s+([0-9.Ee+]+)\\s*$")
                .matcher(text);
        double sum = 0;
        boolean any = false;
        while (found.find()) {
            any = true;
            sum += Double.parseDouble(found.group(1));
        }
        return any ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }
}
