package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Which brokers of an unfinished round are done, in a file. Used by one thread. */
public final class RestartRecord {
    private final JsonMapper json = JsonMapper.builder().build();
    private final Path file;
    private Round round = new Round("", Set.of(), Set.of());

    public RestartRecord(Path file) {
        this.file = file;
    }

    /**
     * A round.
     *
     * @param cluster Kafka's id of it
     * @param brokers all
     * @param done those that are restarted
     */
    record Round(String cluster, Set<Integer> brokers, Set<Integer> done) {
        Round {
            brokers = Set.copyOf(brokers);
            done = Set.copyOf(done);
        }
    }

    /** Begins a round, or goes on with an unfinished one of the same brokers; returns what is done. */
    Set<Integer> begin(String cluster, Set<Integer> brokers) {
        round = new Round(cluster, brokers, Set.of());
        if (Files.exists(file)) {
            try {
                Round found = json.readValue(Files.readAllBytes(file), Round.class);
                if (found.cluster().equals(cluster) && found.brokers().equals(brokers)) {
                    round = found;
                }
            } catch (IOException | JacksonException e) {
                throw new ClusterFailure(
                        "cannot read " + file + ": " + e.getMessage() + ". Delete it to begin with the first broker.",
                        e);
            }
        }
        save();
        return new TreeSet<>(round.done());
    }

    void done(int broker) {
        Set<Integer> more = new TreeSet<>(round.done());
        more.add(broker);
        round = new Round(round.cluster(), round.brokers(), more);
        save();
    }

    void finish() {
        forget();
    }

    /** Forgets an unfinished round, so that the next begins with the first broker. */
    public void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ClusterFailure("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }

    private void save() {
        try {
            WholeFile.write(file, json.writeValueAsBytes(round));
        } catch (IOException e) {
            throw new ClusterFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
