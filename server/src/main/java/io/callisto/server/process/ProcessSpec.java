package io.callisto.server.process;

import java.util.ArrayList;
import java.util.List;

/**
 * A Java process of ours.
 *
 * @param name unique in its cluster, such as {@code kafka1} or {@code s1-broker}
 * @param mainClass its entry
 * @param heapMegabytes largest heap
 * @param flags more flags of the JVM
 * @param arguments of the main class
 */
public record ProcessSpec(
        String name, String mainClass, int heapMegabytes, List<String> flags, List<String> arguments) {

    public ProcessSpec {
        flags = List.copyOf(flags);
        arguments = List.copyOf(arguments);
    }

    /** A process of infrastructure. */
    public static ProcessSpec infrastructure(String name, String mainClass, int heapMegabytes, List<String> arguments) {
        return new ProcessSpec(
                name, mainClass, heapMegabytes, List.of("-Dlogback.configurationFile=logback-infra.xml"), arguments);
    }

    /** The same with another argument. */
    public ProcessSpec withArgument(String argument) {
        List<String> more = new ArrayList<>(arguments);
        more.add(argument);
        return new ProcessSpec(name, mainClass, heapMegabytes, flags, more);
    }

    /** The same with another flag. */
    public ProcessSpec withFlag(String flag) {
        List<String> more = new ArrayList<>(flags);
        more.add(flag);
        return new ProcessSpec(name, mainClass, heapMegabytes, more, arguments);
    }
}
