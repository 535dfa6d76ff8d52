package io.callisto.ha;

/**
 * Who would claim.
 *
 * @param node incarnation
 * @param server such as {@code s1}
 */
public record Candidate(NodeId node, String server) {}
