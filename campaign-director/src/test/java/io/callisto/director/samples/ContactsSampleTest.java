package io.callisto.director.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ContactsSampleTest {
    private static final Path FILE = Path.of(System.getProperty("callisto.root", ".."))
            .resolve("server/src/main/resources/samples/contacts-5000.csv");

    @Test
    void the_shipped_file_is_what_the_generator_makes() throws IOException {
        String text = ContactsSample.text();
        if (Boolean.getBoolean("callisto.docs.update")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text);
        }
        assertThat(Files.readString(FILE))
                .as("to write it anew: ./mvnw -pl campaign-director -am test -Dtest=ContactsSampleTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dcallisto.docs.update=true")
                .isEqualTo(text);
    }
}
