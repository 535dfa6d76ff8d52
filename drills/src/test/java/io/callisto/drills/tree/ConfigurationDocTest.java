package io.callisto.drills.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Generates docs/reference/configuration.md from the properties records and their Javadoc and fails when it differs.
 * {@code -Dcallisto.docs.update=true} rewrites it.
 */
class ConfigurationDocTest {
    private static final Pattern RECORD = Pattern.compile(
            "/\\*\\*(.*?)\\*/\\s*" + "@ConfigurationProperties\\(\"([a-z.-]+)\"\\)(.*?)\\brecord\\s+(\\w+)\\s*\\(",
            Pattern.DOTALL);
    private static final Pattern DEFAULT = Pattern.compile("@DefaultValue\\(\"([^\"]*)\"\\)");
    private static final Pattern PARAM = Pattern.compile("@param (\\w+) (.*?)(?=@param|$)", Pattern.DOTALL);

    private final SourceTree tree = SourceTree.here();

    @Test
    void the_document_is_what_the_records_say() throws IOException {
        TreeMap<String, String> sections = new TreeMap<>();
        for (Path file : tree.java("main")) {
            Matcher record = RECORD.matcher(SourceTree.text(file));
            if (record.find()) {
                String components = SourceTree.text(file).substring(record.end());
                sections.put(record.group(2) + " " + file.getFileName(), section(record, components));
            }
        }
        assertThat(sections).hasSizeGreaterThan(8);
        String wanted = HEAD + String.join("\n", sections.values());
        Path document = tree.root().resolve("docs/reference/configuration.md");
        if (Boolean.getBoolean("callisto.docs.update")) {
            Files.writeString(document, wanted);
        }
        assertThat(document).hasContent(wanted);
    }

    private static String section(Matcher record, String components) {
        String javadoc = record.group(1).replaceAll("(?m)^\\s*\\* ?", " ");
        int params = javadoc.indexOf("@param");
        StringBuilder text = new StringBuilder();
        text.append("## `")
                .append(record.group(2))
                .append("` (")
                .append(record.group(4))
                .append(")\n\n");
        text.append(plain(params < 0 ? javadoc : javadoc.substring(0, params))).append("\n\n");
        text.append("| Setting | Default | Meaning |\n| --- | --- | --- |\n");
        Matcher param = PARAM.matcher(params < 0 ? "" : javadoc.substring(params));
        while (param.find()) {
            text.append("| `").append(kebab(param.group(1))).append("` | ");
            text.append(defaultOf(param.group(1), components));
            text.append(" | ").append(plain(param.group(2))).append(" |\n");
        }
        return text.toString();
    }

    private static String defaultOf(String name, String components) {
        for (String component : split(components)) {
            if (component.strip().endsWith(" " + name)) {
                Matcher value = DEFAULT.matcher(component);
                return value.find() && !value.group(1).isEmpty() ? "`" + value.group(1) + "`" : "";
            }
        }
        throw new IllegalStateException("@param " + name + " names no component");
    }

    /** The components of a record's header, which ends with the parenthesis that closes it. */
    private static List<String> split(String components) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; ; at++) {
            char c = components.charAt(at);
            if (depth == 0 && (c == ',' || c == ')')) {
                parts.add(components.substring(start, at));
                start = at + 1;
                if (c == ')') {
                    return parts;
                }
            }
            depth += c == '(' || c == '<' ? 1 : c == ')' || c == '>' ? -1 : 0;
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                .replaceAll("</?[a-z]+>", "")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }

    private static final String HEAD = """
            # Configuration

            Generated from the properties records; do not edit. Rewrite with
            `./mvnw -pl drills -am verify -Dcallisto.docs.update=true`.

            Settings are Spring Boot's: command line (`--callisto.timing=fast`), environment (`CALLISTO_TIMING=fast`) or
            `application.yaml`. `./callisto up` passes them to the processes that it starts. The database is
            `spring.datasource.url`, `spring.datasource.username` and `spring.datasource.password`; the media
            gateways are `callisto.gateways` (`g1=host:port,g2=host:port`); the message broker is
            `callisto.broker.url`. A setting without a default is either needed or explained.

            """;
}
