package io.callisto.drills.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the compiler does not see: docs/STYLE.md, sections 13 to 16. */
class TidyTest {
    private static final int LINE = 120;
    private static final int CLASS_LINES = 300;
    private static final Pattern BANNED_NAME = Pattern.compile("\\b(?:class|record|enum|interface)\\s+("
            + "(?:\\w*(?:Manager|Helper|Utils?|Common|Impl|Dto|DTO|Processor|VO|PO))"
            + "|(?:Abstract\\w+)|(?:Base[A-Z]\\w*))\\b");
    private static final Pattern INVARIANT = Pattern.compile("INV-\\d+");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)\\s]*)?\\)");

    private final SourceTree tree = SourceTree.here();

    @Test
    void lines_and_classes_are_short_enough_to_read() {
        List<String> found = new ArrayList<>();
        for (Path file : allJava()) {
            List<String> lines = SourceTree.lines(file);
            for (int n = 0; n < lines.size(); n++) {
                if (lines.get(n).length() > LINE && !lines.get(n).startsWith("import ")) {
                    found.add(tree.relative(file) + ":" + (n + 1) + " is "
                            + lines.get(n).length() + " columns wide");
                }
            }
            long code =
                    lines.stream().map(String::strip).filter(TidyTest::isCode).count();
            if (code > CLASS_LINES && !file.toString().contains("/src/test/")) {
                found.add(tree.relative(file) + " has " + code + " lines of code");
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void names_say_what_a_class_is() {
        List<String> found = new ArrayList<>();
        for (Path file : tree.java("main")) {
            for (String line : SourceTree.lines(file)) {
                Matcher name = BANNED_NAME.matcher(line);
                if (name.find()
                        && !line.strip().startsWith("*")
                        && !line.strip().startsWith("//")) {
                    found.add(tree.relative(file) + ": " + name.group(1));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void every_package_says_what_it_owns_and_is_null_marked() {
        Set<String> found = new HashSet<>();
        for (Path file : tree.java("main")) {
            Path info = file.resolveSibling("package-info.java");
            if (!Files.exists(info) || !SourceTree.text(info).contains("@NullMarked")) {
                found.add(tree.relative(info));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void no_sleeping_no_mocks_no_disabled_tests_no_leftovers() {
        assertThat(matches(tree.java("test"), Pattern.compile("TimeUnit\\.\\w+\\.sleep")))
                .isEmpty();
        Pattern banned = Pattern.compile("Thread\\.sleep|@Disabled|org\\.mockito|lombok\\." + "|printStackTrace|\\bTO"
                + "DO\\b|\\bFIX" + "ME\\b|\\bXX" + "X\\b");
        assertThat(matches(allJava(), banned)).isEmpty();
    }

    @Test
    void only_runners_catch_everything() {
        Pattern catchAll = Pattern.compile("catch \\((?:final )?(?:Exception|RuntimeException|Throwable) ");
        List<Path> others = tree.java("main").stream()
                .filter(file -> !file.getFileName().toString().endsWith("Runner.java"))
                .toList();
        assertThat(matches(others, catchAll)).isEmpty();
    }

    @Test
    void every_invariant_named_in_code_is_described() {
        Set<String> described = new HashSet<>(found(List.of(tree.root().resolve("docs/INVARIANTS.md")), INVARIANT));
        List<Path> code = new ArrayList<>(allJava());
        code.addAll(tree.files(path -> path.toString().endsWith(".sql")));
        assertThat(described).as("docs/INVARIANTS.md").containsAll(found(code, INVARIANT));
    }

    @Test
    void links_of_the_documents_lead_somewhere() {
        List<String> dead = new ArrayList<>();
        for (Path file : tree.files(path -> path.toString().endsWith(".md"))) {
            Matcher link = LINK.matcher(SourceTree.text(file));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains("://")
                        && !Files.exists(file.resolveSibling(target).normalize())) {
                    dead.add(tree.relative(file) + " -> " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private List<Path> allJava() {
        List<Path> all = new ArrayList<>(tree.java("main"));
        all.addAll(tree.java("test"));
        return all;
    }

    private List<String> matches(List<Path> files, Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = SourceTree.lines(file);
            for (int n = 0; n < lines.size(); n++) {
                if (pattern.matcher(lines.get(n)).find() && !file.endsWith("TidyTest.java")) {
                    found.add(tree.relative(file) + ":" + (n + 1) + " "
                            + lines.get(n).strip());
                }
            }
        }
        return found;
    }

    private static List<String> found(List<Path> files, Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            Matcher matcher = pattern.matcher(SourceTree.text(file));
            while (matcher.find()) {
                found.add(matcher.group());
            }
        }
        return found;
    }

    private static boolean isCode(String line) {
        return !line.isEmpty()
                && !line.startsWith("//")
                && !line.startsWith("*")
                && !line.startsWith("/*")
                && !line.startsWith("import ");
    }
}
