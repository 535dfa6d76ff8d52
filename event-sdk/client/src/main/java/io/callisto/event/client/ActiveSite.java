package io.callisto.event.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Says which site is the active one, where somebody knows: a marker that the switch-over procedure sets. */
@FunctionalInterface
public interface ActiveSite {
    /** Name of the active site; empty where the client is to find out by itself. Asked every few seconds. */
    Optional<String> name();

    /** Nobody knows; the default. */
    static ActiveSite unknown() {
        return Optional::empty;
    }

    /** The name stands in a file; empty where there is no such file or nothing in it. */
    static ActiveSite file(Path file) {
        return () -> {
            try {
                String name = Files.readString(file).strip();
                return name.isEmpty() ? Optional.empty() : Optional.of(name);
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                LoggerFactory.getLogger(ActiveSite.class)
                        .atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("reason", e.getMessage())
                        .log("the marker of the active site cannot be read");
                return Optional.empty();
            }
        };
    }
}
