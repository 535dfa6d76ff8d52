package io.callisto.server.kafkaha;

import java.util.ArrayList;
import java.util.List;

/** How many losses a number of voters survives: 2F+1 members tolerate F (EV-14). Pure functions. */
public final class Ensemble {
    /** Fewer cannot lose one. */
    public static final int LEAST = 3;

    /** More voters make every change of metadata slower and help nobody. */
    public static final int MOST = 9;

    private Ensemble() {}

    /** A majority of so many. */
    public static int majority(int members) {
        return members / 2 + 1;
    }

    /** How many may be lost. */
    public static int tolerates(int members) {
        return members - majority(members);
    }

    /** The table that POM's manual gives in words. */
    public static List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("members  majority  may be lost");
        for (int members = 1; members <= 7; members++) {
            lines.add(String.format("%7d  %8d  %11d", members, majority(members), tolerates(members))
                    + (members % 2 == 0 ? "   no more than " + (members - 1) : ""));
        }
        return lines;
    }

    /** What is wrong with a number of brokers; empty: nothing. */
    static List<String> problems(int members, boolean allowEven) {
        if (members < LEAST) {
            return List.of(members + " brokers tolerate the loss of " + tolerates(Math.max(1, members))
                    + ": high availability begins with " + LEAST + ". Add brokers, one of them may be external.");
        }
        if (members > MOST) {
            return List.of(members + " controllers are too many for one quorum (at most " + MOST + ")");
        }
        if (members % 2 == 0 && !allowEven) {
            return List.of(members + " is an even number: " + members + " members tolerate the loss of "
                    + tolerates(members) + ", as " + (members - 1) + " do, and one more can fail. Take "
                    + (members - 1) + " or " + (members + 1) + ", or insist with --allow-even.\n"
                    + String.join("\n", table()));
        }
        return List.of();
    }
}
