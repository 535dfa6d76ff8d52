package io.callisto.db.embedded;

import java.util.List;

/** Turns the words of PostgreSQL and the system into what is wrong and what to do. */
final class Explanation {
    private Explanation() {}

    static String of(String output) {
        if (output.contains("No space left on device")) {
            return "the disk is full. Free some space, then start again; committed data is safe.\n" + tail(output);
        }
        if (output.contains("Address already in use") || output.contains("could not create any TCP/IP sockets")) {
            return "its port is in use by another program. Stop that program or choose another port.\n" + tail(output);
        }
        if (output.contains("incompatible with server")) {
            return "the data directory was made by another version of PostgreSQL. Move it with that version's"
                    + " pg_dump, or "
                    + "choose another directory.\n" + tail(output);
        }
        if (output.contains("Permission denied")) {
            return "a directory is not accessible to the account that runs PostgreSQL.\n" + tail(output);
        }
        return output.isBlank() ? "it gave no reason" : tail(output);
    }

    private static String tail(String output) {
        List<String> lines = output.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }
}
