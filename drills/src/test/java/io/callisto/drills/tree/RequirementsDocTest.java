package io.callisto.drills.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Generates docs/requirements.md from the {@code @Requirement} marks of tests and drills and fails when it differs or
 * when a
 * mark names an id that docs/requirements-catalogue.tsv does not know. {@code -Dcallisto.docs.update=true} rewrites it.
 */
class RequirementsDocTest {
    private static final Pattern MARK = Pattern.compile("@Requirement\\(\\s*(\\{[^}]*}|\"[^\"]*\")\\s*\\)");
    private static final Pattern ID = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern NAME = Pattern.compile(
            "\\G[\\s\\S]*?(?:\\b(?:class|record|interface)\\s+(\\w+)|\\b(?:void|Drill)\\s+(\\w+)\\s*\\()");

    private final SourceTree tree = SourceTree.here();

    @Test
    void the_document_is_what_the_marks_say() throws IOException {
        Map<String, String> catalogue = catalogue();
        Map<String, Set<String>> proofs = proofs();
        assertThat(catalogue.keySet()).as("ids that marks may name").containsAll(proofs.keySet());
        Path document = tree.root().resolve("docs/requirements.md");
        String wanted = document(catalogue, proofs);
        if (Boolean.getBoolean("callisto.docs.update")) {
            Files.writeString(document, wanted);
        }
        assertThat(document).hasContent(wanted);
    }

    @Test
    void marks_are_found_where_they_stand() {
        assertThat(proofs().get("EV-5")).anyMatch(proof -> proof.contains("ReconciliationTest"));
    }

    private Map<String, String> catalogue() {
        Map<String, String> catalogue = new LinkedHashMap<>();
        for (String line : SourceTree.lines(tree.root().resolve("docs/requirements-catalogue.tsv"))) {
            String[] parts = line.split("\t", 2);
            catalogue.put(parts[0], parts[1]);
        }
        return catalogue;
    }

    private Map<String, Set<String>> proofs() {
        Map<String, Set<String>> proofs = new TreeMap<>();
        List<Path> sources = new ArrayList<>(tree.java("test"));
        sources.addAll(tree.java("main"));
        for (Path file : sources) {
            String text = SourceTree.text(file);
            Matcher mark = MARK.matcher(text);
            while (mark.find() && !file.endsWith("Requirement.java")) {
                Matcher name = NAME.matcher(text).region(mark.end(), text.length());
                String what = name.find() ? (name.group(1) != null ? "" : "." + name.group(2)) : "";
                String type = file.getFileName().toString().replace(".java", "");
                Matcher id = ID.matcher(mark.group(1));
                while (id.find()) {
                    proofs.computeIfAbsent(id.group(1), key -> new TreeSet<>())
                            .add("[" + type + what + "](../" + tree.relative(file) + ")");
                }
            }
        }
        return proofs;
    }

    private static String document(Map<String, String> catalogue, Map<String, Set<String>> proofs) {
        StringBuilder text = new StringBuilder();
        text.append("# Requirements and their proofs\n\n");
        text.append("Generated from the `@Requirement` marks of tests and drills; do not edit. Rewrite with\n");
        text.append("`./mvnw -pl drills -am verify -Dcallisto.docs.update=true`.\n\n");
        long proven = catalogue.keySet().stream().filter(proofs::containsKey).count();
        text.append(proven).append(" of ").append(catalogue.size()).append(" have a proof. A proof of a part is");
        text.append(" listed as well; what it covers, the test says.\n\n");
        text.append("| ID | What | Proof |\n| --- | --- | --- |\n");
        catalogue.forEach((id, what) -> {
            if (proofs.containsKey(id)) {
                text.append("| ").append(id).append(" | ").append(what).append(" | ");
                text.append(String.join("<br>", proofs.get(id))).append(" |\n");
            }
        });
        text.append("\n## Not proven yet\n\n| ID | What |\n| --- | --- |\n");
        catalogue.forEach((id, what) -> {
            if (!proofs.containsKey(id)) {
                text.append("| ").append(id).append(" | ").append(what).append(" |\n");
            }
        });
        return text.toString();
    }
}
