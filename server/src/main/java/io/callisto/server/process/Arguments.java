package io.callisto.server.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arguments of a main class of ours, all of the form {@code --name=value}.
 *
 * @param values by name, without the dashes
 */
public record Arguments(Map<String, String> values) {
    public Arguments {
        values = Map.copyOf(values);
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException where an argument has another form
     */
    public static Arguments parse(String... args) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String arg : List.of(args)) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("not of the form --name=value: '" + arg + "'");
            }
            values.put(arg.substring(2, equals), arg.substring(equals + 1));
        }
        return new Arguments(values);
    }

    /** The value, if given and not blank. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * The value.
     *
     * @throws IllegalArgumentException where it is missing
     */
    public String get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("--" + name + "=... is missing"));
    }

    /** The value as a number. */
    public int number(String name) {
        return Integer.parseInt(get(name));
    }
}
