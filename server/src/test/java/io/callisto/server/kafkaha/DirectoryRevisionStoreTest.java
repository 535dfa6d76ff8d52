package io.callisto.server.kafkaha;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRevisionStoreTest extends RevisionStoreContract {
    @TempDir
    Path directory;

    @Override
    RevisionStore store() {
        return new DirectoryRevisionStore(directory.resolve("revisions"));
    }
}
