package io.callisto.agents.js;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.agents.protocol.AgentCommand;
import io.callisto.agents.protocol.AgentError;
import io.callisto.agents.protocol.AgentNotification;
import io.callisto.agents.protocol.AgentProtocol;
import io.callisto.domain.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.graalvm.polyglot.TypeLiteral;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The SDK for browsers: its own tests, and that it has all of the protocol and nothing else. */
class AgentSdkJsTest {
    private static final int OLDEST_NODE = 19;

    private static JavaScript script;
    private static Value tests;
    private static Value sdk;

    @BeforeAll
    static void read() {
        script = new JavaScript();
        tests = script.module("src/test/js/tests.mjs").getMember("tests");
        sdk = script.module("callisto-agent.js");
    }

    @AfterAll
    static void close() {
        script.close();
    }

    /** The sentences of tests.mjs, in which the network is scripted and time is moved by hand. */
    @TestFactory
    List<DynamicTest> the_sdk_does_what_its_tests_say() {
        List<String> names = List.copyOf(tests.getMemberKeys());
        assertThat(names).hasSizeGreaterThan(30);
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> script.run(tests.getMember(name))))
                .toList();
    }

    @Test
    @Requirement("AM-3")
    void the_desktop_is_told_that_its_zone_has_no_owner_and_when_it_has_one_again() {
        script.run(tests.getMember("a zone without an owner is told, and its return"));
    }

    @Test
    @Requirement("AM-13")
    void the_desktop_gets_all_addresses_at_login_and_keeps_them_fresh() {
        script.run(tests.getMember("addresses are had at login and kept fresh"));
    }

    @Test
    @Requirement({"FS-6", "DEP-5"})
    void the_desktop_resumes_its_session_at_another_server_and_repeats_what_was_not_answered() {
        script.run(tests.getMember("a lost connection resumes at the next address and sends unanswered commands again,"
                + " once, by the same id"));
    }

    @Test
    void a_test_that_fails_or_never_ends_is_seen() {
        Value broken = script.module("src/test/js/broken.mjs");

        assertThatThrownBy(() -> script.run(broken.getMember("fails"))).hasMessageContaining("value is 1, not 2");
        assertThatThrownBy(() -> script.run(broken.getMember("hangs"))).hasMessageContaining("never ended");
    }

    @Test
    void there_is_a_method_for_every_command_and_no_other() {
        Value prototype = sdk.getMember("CallistoAgent").getMember("prototype");
        List<String> commands =
                Arrays.stream(AgentCommand.values()).map(AgentCommand::text).toList();

        assertThat(commands)
                .allSatisfy(name ->
                        assertThat(prototype.getMember(name).canExecute()).isTrue());
        assertThat(Pattern.compile("(?m)^  ((?:AGT|CAL|Get)\\w+)\\(")
                        .matcher(source("callisto-agent.js"))
                        .results()
                        .map(method -> method.group(1)))
                .containsExactlyInAnyOrderElementsOf(commands);
    }

    @Test
    void a_method_takes_a_call_where_its_command_needs_one() {
        String source = source("callisto-agent.js");
        for (AgentCommand command : AgentCommand.values()) {
            assertThat(Pattern.compile("(?m)^  " + command.text() + "\\(sessionId\\b")
                            .matcher(source)
                            .find())
                    .as(command.text())
                    .isEqualTo(command.needsCall());
        }
    }

    @Test
    void notifications_and_codes_are_those_of_the_protocol() {
        assertThat(List.copyOf(sdk.getMember("NOTIFICATIONS").as(new TypeLiteral<List<String>>() {})))
                .isEqualTo(Arrays.stream(AgentNotification.values())
                        .map(AgentNotification::text)
                        .toList());
        assertThat(sdk.getMember("PROTOCOL").asString()).isEqualTo(AgentProtocol.SUB_PROTOCOL);
        Value codes = sdk.getMember("CODES");
        assertThat(codes.getMemberKeys())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(codes.getMember(name).asInt())
                        .isEqualTo(AgentError.valueOf(name).number()));
        for (AgentError error : AgentError.values()) {
            Value refused = sdk.getMember("CommandRefused").newInstance("AGTLogon", error.number(), "x");
            assertThat(refused.getMember("passing").asBoolean())
                    .as(error.name())
                    .isEqualTo(error.passing());
        }
        assertThat(source("callisto-agent.js")).contains("const ACK_EVERY = " + AgentProtocol.ACK_EVERY + ";");
    }

    @Test
    void types_and_package_are_of_the_same_version() {
        assertThat(source("package.json"))
                .contains("\"version\": \"" + sdk.getMember("VERSION").asString() + "\"");
        String types = source("callisto-agent.d.ts");
        for (String exported : sdk.getMemberKeys()) {
            assertThat(types).containsPattern("export declare (const|class) " + exported + "\\b");
        }
        for (AgentCommand command : AgentCommand.values()) {
            assertThat(types).contains("\n  " + command.text() + "(");
        }
        for (AgentNotification notification : AgentNotification.values()) {
            assertThat(types).contains("\n  " + notification.text() + ": ");
        }
        for (String event : List.of(
                "connected",
                "disconnected",
                "available",
                "notavailable",
                "ended",
                "wrapupqueued",
                "wrapupapplied",
                "wrapuprefused")) {
            assertThat(types).containsPattern("\n  " + event + ": ");
        }
    }

    @Test
    void every_event_that_is_dispatched_has_its_type() {
        String types = source("callisto-agent.d.ts");

        assertThat(Pattern.compile("#tell\\('(\\w+)'")
                        .matcher(source("callisto-agent.js"))
                        .results()
                        .map(event -> event.group(1)))
                .hasSizeGreaterThan(8)
                .allSatisfy(event -> assertThat(types).containsPattern("\n  " + event + ": "));
    }

    @Test
    void the_jar_serves_the_module() throws IOException {
        try (InputStream in =
                AgentSdkJsTest.class.getResourceAsStream("/META-INF/resources/agent-sdk/callisto-agent.js")) {
            assertThat(in).isNotNull();
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(source("callisto-agent.js"));
        }
    }

    /** Another engine, with the browsers' own EventTarget. */
    @Test
    void the_same_tests_pass_in_node() throws IOException, InterruptedException {
        int version = nodeVersion();
        if (version < OLDEST_NODE) {
            System.out.println("SKIPPED tests of the JavaScript SDK in Node.js: "
                    + (version == 0 ? "there is none" : "version " + version + " is too old"));
        }
        Assumptions.assumeTrue(version >= OLDEST_NODE, "no Node.js of version " + OLDEST_NODE + " or newer");

        Process node = start("node", "src/test/js/run.mjs");
        try {
            String said = new String(node.getInputStream().readAllBytes(), UTF_8);
            assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).as(said).isZero();
            assertThat(said).contains(tests.getMemberKeys().size() + " tests, 0 failed");
        } finally {
            node.destroyForcibly();
        }
    }

    private static int nodeVersion() throws InterruptedException {
        try {
            Process node = start("node", "--version");
            String said = new String(node.getInputStream().readAllBytes(), UTF_8).strip();
            node.waitFor(60, TimeUnit.SECONDS);
            return said.matches("v\\d+\\..*") ? Integer.parseInt(said.substring(1, said.indexOf('.'))) : 0;
        } catch (IOException none) {
            return 0;
        }
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(JavaScript.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static String source(String name) {
        try {
            return Files.readString(JavaScript.ROOT.resolve(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
