package io.callisto.drills.drill;

import io.callisto.drills.testbed.DrillTarget;
import io.callisto.drills.testbed.LoopbackTarget;
import io.callisto.drills.testbed.NamespaceTarget;
import io.callisto.drills.testbed.Targets;
import io.callisto.drills.testbed.compose.ComposeTarget;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What drills can run on. */
enum TargetOption {
    /** The best that the machine permits. */
    AUTO,
    LOOPBACK,
    HOSTS,
    COMPOSE;

    /** A new target, not up yet. */
    DrillTarget make(Consumer<String> say) {
        return switch (this) {
            case AUTO -> {
                Targets.Choice choice = Targets.best();
                say.accept("target: " + choice.target().description() + "; " + choice.reason());
                yield choice.target();
            }
            case LOOPBACK -> new LoopbackTarget();
            case HOSTS -> new NamespaceTarget();
            case COMPOSE -> new ComposeTarget(Path.of(System.getProperty("callisto.root", "")));
        };
    }
}
