package io.callisto.director.imports;

import io.callisto.ha.FencedTransaction;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What all import duties of this JVM share.
 *
 * @param reads outside transactions
 * @param fenced for every write
 * @param phones reads numbers
 * @param chunkRows rows of one transaction
 * @param metrics counts
 */
record ImportTools(
        JdbcClient reads, FencedTransaction fenced, PhoneCheck phones, int chunkRows, ImportMetrics metrics) {}
