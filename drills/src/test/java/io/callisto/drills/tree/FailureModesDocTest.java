package io.callisto.drills.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.drills.drill.DrillCatalogue;
import io.callisto.drills.simulation.Sabotage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What docs/failure-modes.md names as a proof is there, and no failure mode is without one or without a word on it. */
class FailureModesDocTest {
    private static final int MODES = 52;
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| (.+) \\| (.+) \\| (.+) \\|$");
    private static final Pattern PROOF = Pattern.compile("(drill |simulation |)`([^`]+)`");
    private static final Pattern METHOD = Pattern.compile("\\bvoid\\s+(\\w+)\\s*\\(");
    private static final String OPEN = "**not proven yet**";

    private final SourceTree tree = SourceTree.here();

    /** A row of the table. */
    private record Mode(int number, String proofs) {}

    @Test
    void every_failure_mode_has_its_row() {
        assertThat(modes())
                .extracting(Mode::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, MODES).boxed().toList());
    }

    @Test
    void every_row_names_a_proof_or_says_that_there_is_none() {
        assertThat(modes())
                .allMatch(mode -> mode.proofs().contains(OPEN)
                        || PROOF.matcher(mode.proofs()).find());
    }

    @Test
    void what_is_named_exists() {
        Map<String, List<String>> tests = tests();
        List<String> missing = new ArrayList<>();
        for (Mode mode : modes()) {
            Matcher proof = PROOF.matcher(mode.proofs());
            while (proof.find()) {
                if (!exists(proof.group(1).strip(), proof.group(2), tests)) {
                    missing.add(mode.number() + ": " + proof.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean exists(String kind, String name, Map<String, List<String>> tests) {
        return switch (kind) {
            case "drill" -> DrillCatalogue.complete().named(name).isPresent();
            case "simulation" ->
                Arrays.stream(Sabotage.values()).map(Enum::name).anyMatch(name::equals);
            default -> {
                String[] parts = name.split("\\.", 2);
                List<String> methods = tests.get(parts[0]);
                yield methods != null && (parts.length == 1 || methods.contains(parts[1]));
            }
        };
    }

    private List<Mode> modes() {
        List<Mode> modes = new ArrayList<>();
        for (String line : SourceTree.lines(tree.root().resolve("docs/failure-modes.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                modes.add(new Mode(Integer.parseInt(row.group(1)), row.group(4)));
            }
        }
        return modes;
    }

    /** Methods of each test class; two classes of one name count as one. */
    private Map<String, List<String>> tests() {
        Map<String, List<String>> tests = new HashMap<>();
        for (Path file : tree.java("test")) {
            List<String> methods = tests.computeIfAbsent(
                    file.getFileName().toString().replace(".java", ""), name -> new ArrayList<>());
            Matcher method = METHOD.matcher(SourceTree.text(file));
            while (method.find()) {
                methods.add(method.group(1));
            }
        }
        return tests;
    }
}
