package io.callisto.director.imports;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Rows that the imports of this JVM have done. Thread-safe. */
final class ImportMetrics {
    private final Counter imported;
    private final Counter updated;
    private final Counter rejected;

    ImportMetrics(MeterRegistry registry) {
        this.imported = registry.counter("callisto.director.import.rows", "result", "imported");
        this.updated = registry.counter("callisto.director.import.rows", "result", "updated");
        this.rejected = registry.counter("callisto.director.import.rows", "result", "rejected");
    }

    void chunk(ChunkResult result) {
        imported.increment(result.imported());
        updated.increment(result.updated());
        rejected.increment(result.rejected());
    }
}
