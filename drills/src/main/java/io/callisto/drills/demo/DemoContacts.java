package io.callisto.drills.demo;

import io.callisto.server.cluster.LocalCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The sample contacts, dealt out to zones. */
final class DemoContacts {
    private static final String SAMPLE = "samples/contacts-5000.csv";

    private DemoContacts() {}

    /**
     * Contacts of a zone.
     *
     * @param zone its id
     * @param csv with the sample's header
     */
    record Part(String zone, Path csv) {}

    /** Writes a file per zone; every row goes to one of them, in turn. */
    static List<Part> spread(Path dir, List<String> zones) throws IOException {
        List<String> rows = sample();
        List<Part> parts = new ArrayList<>();
        for (int zone = 0; zone < zones.size(); zone++) {
            List<String> own = new ArrayList<>(List.of(rows.get(0)));
            for (int row = 1 + zone; row < rows.size(); row += zones.size()) {
                own.add(rows.get(row));
            }
            Path csv = dir.resolve("contacts-zone-" + zones.get(zone) + ".csv");
            Files.write(csv, own);
            parts.add(new Part(zones.get(zone), csv));
        }
        return parts;
    }

    /** No field of the sample holds a line break. */
    private static List<String> sample() throws IOException {
        try (InputStream content = LocalCluster.class.getClassLoader().getResourceAsStream(SAMPLE)) {
            if (content == null) {
                throw new IOException(SAMPLE + " is not on the class path");
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
