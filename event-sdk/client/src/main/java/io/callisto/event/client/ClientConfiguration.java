package io.callisto.event.client;

import java.time.Clock;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/** Gives a client its clocks. */
final class ClientConfiguration {
    private ClientConfiguration() {}

    static EventClient client(BiFunction<Clock, LongSupplier, ClientSettings> settings) {
        return new EventClient(settings.apply(Clock.systemUTC(), System::nanoTime));
    }
}
