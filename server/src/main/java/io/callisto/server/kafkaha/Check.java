package io.callisto.server.kafkaha;

/**
 * One question about a cluster with its answer.
 *
 * @param name what is asked
 * @param pass whether it is as it should be
 * @param detail what was found, and where it is wrong what to do
 */
public record Check(String name, boolean pass, String detail) {
    static Check of(String name, boolean pass, String good, String bad) {
        return new Check(name, pass, pass ? good : bad);
    }
}
