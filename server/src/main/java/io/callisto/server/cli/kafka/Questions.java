package io.callisto.server.cli.kafka;

import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.kafkaha.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The questions of POM's enableKafkaHA.sh, in its order. An answer that makes no sense is asked for again. */
final class Questions {
    private static final int TRIES = 5;
    private static final int CONTROLLER_PORT = 9_094;

    private final BufferedReader in;
    private final PrintWriter out;

    Questions(BufferedReader in, PrintWriter out) {
        this.in = in;
        this.out = out;
    }

    /**
     * What was answered.
     *
     * @param own brokers on Callisto's servers
     * @param external elsewhere
     */
    record Answers(List<Endpoint> own, List<Endpoint> external) {}

    /** Asks for everything; empty where the operator does not want to go on. */
    Optional<Answers> ask(Function<Integer, List<String>> problemsOfNumber) {
        int brokers = ask("Number of brokers, counting an external one (odd, 3 or more) [3]", "3", text -> {
            int number = number(text, 1, 99);
            List<String> problems = problemsOfNumber.apply(number);
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            return number;
        });
        boolean external = yes("Is one of them an external server, where Callisto is not installed? (y/n) [n]", "n");
        if (!yes(
                "This makes a new configuration of all Kafka brokers; each server keeps a backup of its own. "
                        + "Continue? (y/n)",
                null)) {
            return Optional.empty();
        }
        List<Endpoint> own = new ArrayList<>();
        for (int i = 1; i <= brokers - (external ? 1 : 0); i++) {
            own.add(endpoint("server " + i));
        }
        return Optional.of(new Answers(own, external ? List.of(endpoint("the external server")) : List.of()));
    }

    boolean yes(String question, @Nullable String otherwise) {
        return ask(question, otherwise, text -> switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "y", "yes" -> true;
            case "n", "no" -> false;
            default -> throw new IllegalArgumentException("answer y or n");
        });
    }

    private Endpoint endpoint(String what) {
        String host = ask("Address of " + what, null, text -> {
            String bracketed = text.contains(":") && !text.startsWith("[") ? "[" + text + "]" : text;
            return Endpoint.parse(bracketed + ":" + CONTROLLER_PORT).host();
        });
        int port = ask(
                "Port of the controller on " + what + " [" + CONTROLLER_PORT + "]",
                Integer.toString(CONTROLLER_PORT),
                text -> number(text, 1, 65_535));
        return new Endpoint(host, port, null);
    }

    private static int number(String text, int least, int most) {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number", e);
        }
        if (number < least || number > most) {
            throw new IllegalArgumentException("a number from " + least + " to " + most + ", please");
        }
        return number;
    }

    private <T> T ask(String question, @Nullable String otherwise, Function<String, T> meaning) {
        for (int i = 0; i < TRIES; i++) {
            out.print(question + ": ");
            out.flush();
            String text = read().strip();
            try {
                if (text.isEmpty() && otherwise == null) {
                    throw new IllegalArgumentException("an answer is needed");
                }
                return meaning.apply(text.isEmpty() ? otherwise : text);
            } catch (IllegalArgumentException e) {
                out.println(e.getMessage());
            }
        }
        throw new ClusterFailure("no answer that makes sense; nothing was changed");
    }

    private String read() {
        try {
            String line = in.readLine();
            if (line == null) {
                throw new ClusterFailure("there is nobody to answer. Without questions: "
                        + "callisto kafka-ha enable --brokers host:port,host:port,host:port --yes");
            }
            return line;
        } catch (IOException e) {
            throw new ClusterFailure("cannot read the answer: " + e.getMessage(), e);
        }
    }
}
