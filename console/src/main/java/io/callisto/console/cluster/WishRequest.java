package io.callisto.console.cluster;

import jakarta.validation.constraints.NotNull;

/** A wish. STOP drains: the service hands its roles over, then stands by until the wish is RUN again. */
record WishRequest(@NotNull Wish wish) {}
