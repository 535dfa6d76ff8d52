package io.callisto.drills.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Contacts made up for a drill: numbers of one American area, no two alike. */
final class ContactFile {
    /** Atlanta: its numbers lie in one time zone only. */
    static final String ZONE = "America/New_York";

    private static final int AREA = 404;
    private static final int FIRST_EXCHANGE = 300;
    private static final int LINES = 9_000;
    private static final int EXCHANGES_PER_LIST = 100;

    private ContactFile() {}

    /**
     * @param list number of the list; lists share no number
     */
    static Path write(Path directory, int list, int contacts) {
        StringBuilder csv = new StringBuilder("id,title,firstName,lastName,phoneNumber1,country,email\n");
        for (int i = 0; i < contacts; i++) {
            int exchange = FIRST_EXCHANGE + list * EXCHANGES_PER_LIST + i / LINES;
            csv.append(String.format(
                    java.util.Locale.ROOT,
                    "D%d-%06d,Mx.,Drill,Contact%d,+1%d%03d%04d,US,d%d.%d@example.org%n",
                    list,
                    i,
                    i,
                    AREA,
                    exchange,
                    1_000 + i % LINES,
                    list,
                    i));
        }
        Path file = directory.resolve("drill-contacts-" + list + ".csv");
        try {
            Files.createDirectories(directory);
            return Files.writeString(file, csv);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
