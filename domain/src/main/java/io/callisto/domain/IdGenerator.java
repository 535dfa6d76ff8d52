package io.callisto.domain;

import java.util.UUID;

/** Makes ids. Injected, so that a simulation can repeat a run from its seed. Thread-safe. */
@FunctionalInterface
public interface IdGenerator {
    /** A fresh id. Ids of one generator should rise with time, so that they index well. */
    UUID next();
}
