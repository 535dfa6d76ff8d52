package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One server's side: brings its {@code server.properties} to the present revision. What was in the file before is kept
 * beside it, byte for byte, also when somebody had changed it by hand; going back one revision puts exactly that back.
 * Used by one thread at a time.
 */
public final class RevisionPull {
    private final RevisionStore store;
    private final Path file;
    private final String host;
    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * @param file the broker's {@code server.properties}, which need not exist
     * @param host name of this machine, for people
     */
    public RevisionPull(RevisionStore store, Path file, String host) {
        this.store = store;
        this.file = file.toAbsolutePath().normalize();
        this.host = host;
    }

    /** What a pull did. */
    public enum Outcome {
        UNCHANGED,
        WRITTEN,
        RESTORED,
        REMOVED
    }

    /**
     * What a pull did.
     *
     * @param outcome to the file
     * @param revision that the file now is at; 0: as before the first
     * @param backup where the former content is; null: there was none or nothing changed
     * @param editedByHand whether the former content was not what the last pull had written
     */
    public record Result(
            Outcome outcome, int revision, @Nullable Path backup, boolean editedByHand) {}

    /**
     * What this server did so far.
     *
     * @param node id of the broker
     * @param revision that the file is at
     * @param digest of what was written; empty where there is no file
     * @param steps from the first revision to the present one, to walk back
     */
    record State(int node, int revision, String digest, List<Step> steps) {
        State {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A file replaced.
     *
     * @param from revision before
     * @param to revision after
     * @param backup name of the file with what was there before; null: nothing was
     */
    record Step(int from, int to, @Nullable String backup) {}

    /**
     * Brings the file of a node to the present revision.
     *
     * @throws ClusterFailure where the present revision has no such node, or the file belongs to another node
     */
    public Result pull(int node) {
        int target = store.current();
        try {
            State state = state(node);
            boolean edited = editedByHand(state);
            if (state.revision() == target) {
                return settled(state, target, edited);
            }
            Result result = move(state, target, edited);
            store.applied(new RevisionStore.Applied(node, target, digestOfFile(), host));
            return result;
        } catch (IOException e) {
            throw new ClusterFailure(
                    "cannot bring " + file + " to revision " + target + ": "
                            + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e);
        }
    }

    /** Nothing new; but a file that was changed or lost since is put right again. */
    private Result settled(State state, int target, boolean edited) throws IOException {
        if (!edited || target == 0) {
            store.applied(new RevisionStore.Applied(state.node(), target, digestOfFile(), host));
            return new Result(Outcome.UNCHANGED, target, null, edited);
        }
        Path backup = Files.exists(file) ? file.resolveSibling(keep(target)) : null;
        write(state.node(), target, state.steps());
        store.applied(new RevisionStore.Applied(state.node(), target, digestOfFile(), host));
        return new Result(Outcome.WRITTEN, target, backup, true);
    }

    private Result move(State state, int target, boolean edited) throws IOException {
        List<Step> steps = new ArrayList<>(state.steps());
        @Nullable Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        boolean back = target < state.revision();
        if (back && target == 0) {
            last = steps.isEmpty() ? null : steps.get(0);
            return goBack(state, target, last, List.of(), edited);
        }
        if (back && last != null && last.from() == target) {
            return goBack(state, target, last, steps.subList(0, steps.size() - 1), edited);
        }
        @Nullable String backup = Files.exists(file) ? keep(target) : null;
        steps.add(new Step(state.revision(), target, backup));
        write(state.node(), target, steps);
        return new Result(Outcome.WRITTEN, target, backup == null ? null : file.resolveSibling(backup), edited);
    }

    private Result goBack(State state, int target, @Nullable Step step, List<Step> left, boolean edited)
            throws IOException {
        @Nullable String kept = Files.exists(file) ? keep(target) : null;
        @Nullable Path backup = kept == null ? null : file.resolveSibling(kept);
        if (step == null || step.backup() == null) {
            Files.deleteIfExists(file);
            save(new State(state.node(), target, "", left));
            return new Result(Outcome.REMOVED, target, backup, edited);
        }
        byte[] before = Files.readAllBytes(file.resolveSibling(step.backup()));
        WholeFile.write(file, before);
        save(new State(state.node(), target, Digest.of(before), left));
        return new Result(Outcome.RESTORED, target, backup, edited);
    }

    private void write(int node, int target, List<Step> steps) throws IOException {
        String text = store.find(target)
                .flatMap(revision -> revision.file(node))
                .orElseThrow(() -> new ClusterFailure("revision " + target + " in " + store.name() + " has no broker "
                        + node + "; look with: callisto kafka-ha show"));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, bytes);
        save(new State(node, target, Digest.of(bytes), steps));
    }

    private String keep(int target) throws IOException {
        String stem = file.getFileName() + ".before-revision-" + target;
        String name = stem;
        for (int i = 2; Files.exists(file.resolveSibling(name)); i++) {
            name = stem + "-" + i;
        }
        WholeFile.write(file.resolveSibling(name), Files.readAllBytes(file));
        return name;
    }

    private boolean editedByHand(State state) throws IOException {
        return state.revision() > 0 && !digestOfFile().equals(state.digest());
    }

    private String digestOfFile() throws IOException {
        return Files.exists(file) ? Digest.of(Files.readAllBytes(file)) : "";
    }

    private State state(int node) throws IOException {
        Path path = statePath();
        if (!Files.exists(path)) {
            return new State(node, 0, "", List.of());
        }
        try {
            State state = json.readValue(Files.readAllBytes(path), State.class);
            if (state.node() != node) {
                throw new ClusterFailure(file + " is the file of broker " + state.node() + ", not of broker " + node
                        + ": give another --config, or --node " + state.node());
            }
            return state;
        } catch (JacksonException e) {
            throw new ClusterFailure("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private void save(State state) throws IOException {
        WholeFile.write(statePath(), json.writeValueAsBytes(state));
    }

    private Path statePath() {
        return file.resolveSibling(file.getFileName() + ".revision.json");
    }

    /** The revision and node that the file is at, if it was ever pulled. */
    public Optional<String> standing() {
        try {
            Path path = statePath();
            if (!Files.exists(path)) {
                return Optional.empty();
            }
            State state = json.readValue(Files.readAllBytes(path), State.class);
            return Optional.of("broker " + state.node() + " at revision " + state.revision()
                    + (editedByHand(state) ? ", changed by hand since" : ""));
        } catch (IOException | JacksonException e) {
            throw new ClusterFailure("cannot read " + statePath() + ": " + e.getMessage(), e);
        }
    }
}
