package io.callisto.server.kafkaha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.callisto.domain.Requirement;
import io.callisto.server.cluster.ClusterFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionPullTest {
    /** Not even text: whatever was there comes back. */
    private static final byte[] BEFORE = {'a', '=', 0, (byte) 0xff, '\r', '\n'};

    @TempDir
    Path directory;

    private RevisionStore store = new DirectoryRevisionStore(Path.of("."));
    private Path file = Path.of(".");

    @BeforeEach
    void prepare() {
        store = new DirectoryRevisionStore(directory.resolve("store"));
        file = directory.resolve("etc/server.properties");
    }

    private HaRevisions revisions() {
        return new HaRevisions(store, TestPlans.ids());
    }

    private Revision enable(String... own) {
        HaRevisions revisions = revisions();
        return revisions.enable(revisions.plan(TestPlans.answers(own))).revision();
    }

    private RevisionPull.Result pull(int node) {
        return new RevisionPull(store, file, "host").pull(node);
    }

    @Test
    @Requirement("EV-7")
    void a_server_pulls_its_file_once_and_undo_brings_back_what_was_there_byte_for_byte() throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, BEFORE);
        Revision first = enable("a:1", "b:1", "c:1");
        assertThat(pull(2).outcome()).isEqualTo(RevisionPull.Outcome.WRITTEN);
        assertThat(file).hasContent(first.file(2).orElseThrow());
        assertThat(pull(2).outcome()).isEqualTo(RevisionPull.Outcome.UNCHANGED);
        assertThat(store.applied())
                .singleElement()
                .extracting(RevisionStore.Applied::revision)
                .isEqualTo(1);
        Revision second = enable("a:1", "b:1", "d:1");
        pull(2);
        assertThat(file).hasContent(second.file(2).orElseThrow());
        revisions().undo();
        assertThat(pull(2).outcome()).isEqualTo(RevisionPull.Outcome.RESTORED);
        assertThat(Files.readString(file)).isEqualTo(first.file(2).orElseThrow());
        revisions().undo();
        assertThat(pull(2).outcome()).isEqualTo(RevisionPull.Outcome.RESTORED);
        assertThat(Files.readAllBytes(file)).isEqualTo(BEFORE);
        assertThat(pull(2).outcome()).isEqualTo(RevisionPull.Outcome.UNCHANGED);
    }

    @Test
    @Requirement("EV-7")
    void a_change_by_hand_is_told_kept_and_comes_back_with_undo() throws IOException {
        Revision first = enable("a:1", "b:1", "c:1");
        pull(1);
        String edited = first.file(1).orElseThrow() + "num.io.threads=16\n";
        Files.writeString(file, edited);
        enable("a:1", "b:1", "d:1");
        RevisionPull.Result result = pull(1);
        assertThat(result.editedByHand()).isTrue();
        assertThat(Objects.requireNonNull(result.backup())).hasContent(edited);
        revisions().undo();
        pull(1);
        assertThat(Files.readString(file)).isEqualTo(edited);
    }

    @Test
    void a_file_that_somebody_changed_or_deleted_is_put_right_and_the_change_is_kept() throws IOException {
        Revision first = enable("a:1", "b:1", "c:1");
        pull(1);
        Files.writeString(file, "broken");
        RevisionPull.Result result = pull(1);
        assertThat(result.outcome()).isEqualTo(RevisionPull.Outcome.WRITTEN);
        assertThat(Objects.requireNonNull(result.backup())).hasContent("broken");
        assertThat(Files.readString(file)).isEqualTo(first.file(1).orElseThrow());
        Files.delete(file);
        assertThat(pull(1).outcome()).isEqualTo(RevisionPull.Outcome.WRITTEN);
        assertThat(Files.readString(file)).isEqualTo(first.file(1).orElseThrow());
    }

    @Test
    void where_nothing_was_undo_leaves_nothing() {
        enable("a:1", "b:1", "c:1");
        pull(3);
        revisions().undo();
        assertThat(pull(3).outcome()).isEqualTo(RevisionPull.Outcome.REMOVED);
        assertThat(file).doesNotExist();
    }

    @Test
    void a_server_that_slept_through_a_revision_still_gets_the_right_one() {
        Revision first = enable("a:1", "b:1", "c:1");
        pull(1);
        Revision second = enable("a:1", "b:1", "d:1");
        Revision third = enable("a:1", "b:1", "e:1");
        pull(1);
        assertThat(file).hasContent(third.file(1).orElseThrow());
        revisions().undo();
        pull(1);
        assertThat(file).hasContent(second.file(1).orElseThrow());
        revisions().undo();
        pull(1);
        assertThat(file).hasContent(first.file(1).orElseThrow());
    }

    @Test
    void the_file_of_another_broker_is_left_alone() {
        enable("a:1", "b:1", "c:1");
        pull(1);
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> pull(2))
                .withMessageContaining("broker 1, not of broker 2");
        file = directory.resolve("other.properties");
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> pull(7))
                .withMessageContaining("has no broker 7");
        assertThat(file).doesNotExist();
    }

    @Test
    @Requirement("EV-7")
    void the_external_broker_gets_a_bundle_that_is_the_same_every_time() throws IOException {
        HaRevisions revisions = revisions();
        Revision revision = revisions
                .enable(revisions.plan(TestPlans.withExternal("x:9094", "a:9094", "b:9094")))
                .revision();
        BrokerNode node = revision.plan().external().orElseThrow();
        byte[] zip = ExternalBundle.zip(revision, node);
        assertThat(ExternalBundle.zip(revision, node)).isEqualTo(zip);
        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text).doesNotContain("@ID@", "@TLS@", "@OTHERS@");
                if (entry.getName().endsWith("server.properties")) {
                    assertThat(text).isEqualTo(revision.file(3).orElseThrow());
                }
            }
        }
        assertThat(names)
                .containsExactly(
                        "callisto-kafka-3-revision-1/README.txt",
                        "callisto-kafka-3-revision-1/server.properties",
                        "callisto-kafka-3-revision-1/start.sh");
    }
}
