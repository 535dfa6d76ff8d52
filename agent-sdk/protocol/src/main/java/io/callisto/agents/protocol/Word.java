package io.callisto.agents.protocol;

/** A value of a vocabulary of the protocol: what it is called on the wire. */
public interface Word {
    String text();
}
