package io.callisto.event.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/start/event-client.md are programs. */
class EventClientDocTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)");

    @Test
    @Requirement("EV-13")
    void every_program_of_the_document_compiles(@TempDir Path classes) throws Exception {
        String root = System.getProperty("callisto.root");
        assertThat(root).as("system property callisto.root").isNotNull();
        String document = Files.readString(Path.of(root, "docs/start/event-client.md"));
        List<JavaFileObject> programs = new ArrayList<>();
        Matcher block = BLOCK.matcher(document);
        while (block.find()) {
            programs.add(new Program(block.group(1)));
        }
        assertThat(programs).hasSizeGreaterThanOrEqualTo(4);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(said, null, null)) {
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            said,
                            List.of(
                                    "-d",
                                    classes.toString(),
                                    "-proc:none",
                                    "--release",
                                    "17",
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            programs)
                    .call();
            assertThat(said.getDiagnostics())
                    .filteredOn(found -> found.getKind() == Diagnostic.Kind.ERROR)
                    .isEmpty();
            assertThat(compiled).isTrue();
        }
        assertThat(classes.resolve("FirstEvents.class")).exists();
    }

    private static final class Program extends SimpleJavaFileObject {
        private final String text;

        Program(String text) {
            super(URI.create("string:///" + name(text) + ".java"), Kind.SOURCE);
            this.text = text;
        }

        private static String name(String text) {
            Matcher found = CLASS.matcher(text);
            assertThat(found.find()).as(text).isTrue();
            return found.group(1);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
