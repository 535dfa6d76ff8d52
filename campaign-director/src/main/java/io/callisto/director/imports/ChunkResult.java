package io.callisto.director.imports;

/**
 * What became of the rows of a chunk.
 *
 * @param imported contacts that are new
 * @param updated contacts that were there
 * @param rejected rows that were left out
 */
record ChunkResult(int imported, int updated, int rejected) {
    int rows() {
        return imported + updated + rejected;
    }
}
