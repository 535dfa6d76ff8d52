package io.callisto.event.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What remembers events, and how long. */
class DuplicateStoreTest {
    @TempDir
    private Path directory;

    private static List<UUID> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> new UUID(7, n)).toList();
    }

    @Test
    void memory_keeps_the_last_so_many() {
        DuplicateStore store = DuplicateStore.inMemory(3);
        ids(0, 5).forEach(store::add);
        assertThat(ids(0, 2)).noneMatch(store::contains);
        assertThat(ids(2, 5)).allMatch(store::contains);
        store.clear();
        assertThat(ids(0, 5)).noneMatch(store::contains);
    }

    @Test
    void a_file_keeps_them_over_a_restart_in_bounded_space() throws Exception {
        Path file = directory.resolve("seen");
        try (DuplicateStore store = DuplicateStore.inFile(file, 10)) {
            ids(0, 25).forEach(store::add);
        }
        assertThat(Files.size(file)).isEqualTo(240);
        try (DuplicateStore again = DuplicateStore.inFile(file, 10)) {
            assertThat(ids(0, 15)).noneMatch(again::contains);
            assertThat(ids(15, 25)).allMatch(again::contains);
            ids(25, 30).forEach(again::add);
        }
        try (DuplicateStore third = DuplicateStore.inFile(file, 10)) {
            assertThat(ids(20, 30)).allMatch(third::contains);
            assertThat(ids(15, 20)).noneMatch(third::contains);
        }
    }

    @Test
    void a_file_may_shrink_and_grow() {
        Path file = directory.resolve("seen");
        try (DuplicateStore store = DuplicateStore.inFile(file, 10)) {
            ids(0, 10).forEach(store::add);
        }
        try (DuplicateStore smaller = DuplicateStore.inFile(file, 4)) {
            assertThat(ids(6, 10)).allMatch(smaller::contains);
            assertThat(ids(0, 6)).noneMatch(smaller::contains);
        }
        try (DuplicateStore larger = DuplicateStore.inFile(file, 8)) {
            ids(10, 14).forEach(larger::add);
        }
        try (DuplicateStore last = DuplicateStore.inFile(file, 8)) {
            assertThat(ids(6, 14)).allMatch(last::contains);
        }
    }

    @Test
    void a_file_is_for_one_client() {
        Path file = directory.resolve("seen");
        try (DuplicateStore store = DuplicateStore.inFile(file, 10)) {
            store.add(new UUID(1, 1));
            assertThatThrownBy(() -> DuplicateStore.inFile(file, 10)).hasMessageContaining("in use by another client");
        }
    }
}
