package io.callisto.agents.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.agents.protocol.ClientFrame.Command;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FrameJsonTest {
    private final FrameJson json = new FrameJson();
    private final JsonMapper tree = JsonMapper.builder().build();

    @ParameterizedTest
    @EnumSource(AgentCommand.class)
    void a_command_and_its_result_are_read_as_they_were_written(AgentCommand command) {
        for (boolean full : new boolean[] {true, false}) {
            ClientFrame asked = Samples.command(command, full);
            assertThat(json.readClient(json.write(asked)).frame()).isEqualTo(asked);
            ServerFrame answer = Samples.result(command, full);
            assertThat(json.readServer(json.write(answer)).frame()).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @EnumSource(AgentNotification.class)
    void a_notification_is_read_as_it_was_written(AgentNotification notification) {
        for (boolean full : new boolean[] {true, false}) {
            ServerFrame told = Samples.notification(notification, full);
            assertThat(json.readServer(json.write(told)).frame()).isEqualTo(told);
        }
    }

    @Test
    void frames_are_read_as_they_were_written() {
        for (ClientFrame.Kind kind : ClientFrame.Kind.values()) {
            ClientFrame frame = Samples.frame(kind, true);
            assertThat(frame.kind()).isEqualTo(kind);
            assertThat(json.readClient(json.write(frame)).frame()).isEqualTo(frame);
        }
        for (ServerFrame.Kind kind : ServerFrame.Kind.values()) {
            ServerFrame frame = Samples.frame(kind, true);
            assertThat(frame.kind()).isEqualTo(kind);
            assertThat(json.readServer(json.write(frame)).frame()).isEqualTo(frame);
        }
    }

    /** Every field of every command, taken away and put in a wrong type: named, with its place. */
    @ParameterizedTest
    @EnumSource(AgentCommand.class)
    void a_missing_or_ill_typed_argument_is_named_with_its_place(AgentCommand command) {
        String frame = json.write(Samples.command(command, true));
        for (Shape.Part part : Shape.of(command.args()).parts()) {
            ObjectNode without = (ObjectNode) tree.readTree(frame);
            ((ObjectNode) without.path("args")).remove(part.name());
            Reading<ClientFrame> reading = json.readClient(without.toString());
            assertThat(reading.isFrame()).as("without %s", part.name()).isEqualTo(!part.required());
            if (part.required()) {
                assertWrong(reading.problem(), command, "/args/" + part.name(), "is missing");
            }

            ObjectNode wrong = (ObjectNode) tree.readTree(frame);
            ((ObjectNode) wrong.path("args")).putArray(part.name()).addArray();
            Problem problem = json.readClient(wrong.toString()).problem();
            assertThat(problem.error()).isEqualTo(AgentError.WRONG_ARGUMENT);
            assertThat(problem.position()).startsWith("/args/" + part.name());
            assertThat(problem.text()).startsWith("must ");
        }
    }

    private static void assertWrong(Problem problem, AgentCommand command, String position, String text) {
        assertThat(problem).isEqualTo(new Problem(AgentError.WRONG_ARGUMENT, "k7q-1", command.text(), position, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // what the desktop sent | error | position | what is said
                "''|MALFORMED||JSON object",
                "hello|MALFORMED|line 1, column 1|no JSON",
                "{\"type\":\"hello\"|MALFORMED|line 1, column 16|no JSON",
                "{\"type\":\"pong\"} {}|MALFORMED|line 1, column 17|no JSON",
                "{\"type\":\"pong\",\"type\":\"pong\"}|MALFORMED|line 1, column 22|twice",
                "[]|MALFORMED||JSON object",
                "null|MALFORMED||JSON object",
                "{}|MALFORMED|/type|missing",
                "{\"type\":7}|MALFORMED|/type|string",
                "{\"type\":\"welcome\"}|MALFORMED|/type|no such frame",
                "{\"type\":\"hello\"}|WRONG_ARGUMENT|/token|missing",
                "{\"type\":\"hello\",\"token\":\"\"}|WRONG_ARGUMENT|/token|1 to 8192",
                "{\"type\":\"hello\",\"token\":\"t\",\"organisationId\":-1}|WRONG_ARGUMENT|/organisationId|negative",
                "{\"type\":\"hello\",\"token\":\"t\",\"organisationId\":1.5}|WRONG_ARGUMENT|/organisationId|whole",
                "{\"type\":\"hello\",\"token\":\"t\",\"organisationId\":3000000000}"
                        + "|WRONG_ARGUMENT|/organisationId|large",
                "{\"type\":\"command\"}|WRONG_ARGUMENT|/id|missing",
                "{\"type\":\"command\",\"id\":\"a b\"}|WRONG_ARGUMENT|/id|match",
                "{\"type\":\"command\",\"id\":\"1\"}|WRONG_ARGUMENT|/name|missing",
                "{\"type\":\"command\",\"id\":\"1\",\"name\":\"AGTFly\"}|UNKNOWN_COMMAND|/name|no such command",
                "{\"type\":\"command\",\"id\":\"1\",\"name\":\"AGTLogoff\"}|WRONG_ARGUMENT|/attachNo|missing",
                "{\"type\":\"command\",\"id\":\"1\",\"name\":\"AGTHoldCall\",\"attachNo\":1}"
                        + "|WRONG_ARGUMENT|/sessionId|call",
                "{\"type\":\"command\",\"id\":\"1\",\"name\":\"AGTLogoff\",\"attachNo\":1,\"args\":[]}"
                        + "|WRONG_ARGUMENT|/args|object",
                "{\"type\":\"ack\",\"epoch\":1}|WRONG_ARGUMENT|/seq|missing",
            })
    void what_is_wrong_is_said_and_never_thrown(String text, AgentError error, String position, String said) {
        Problem problem = json.readClient(text.equals("''") ? "" : text).problem();

        assertThat(problem.error()).isEqualTo(error);
        assertThat(problem.position()).isEqualTo(position == null ? "" : position);
        assertThat(problem.text()).contains(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "AGTStateChange|{\"agentState\":\"Asleep\"}|/args/agentState|must be one of Ready, NotReady",
                "AGTSendDTMF|{\"digits\":\"12x\"}|/args/digits|must match [0-9*#A-D]+",
                "AGTAddToDNC|{\"addresses\":[]}|/args/addresses|must have 1 to 20 elements",
                "AGTAddToDNC|{\"addresses\":[\"a\",null]}|/args/addresses/1|must not be null",
                "AGTAddToDNC|{\"addresses\":\"a\"}|/args/addresses|must be a list, is string",
                "AGTSkillsChanged|{\"skills\":[{\"name\":\"de\",\"level\":\"1\"}]}"
                        + "|/args/skills/0/level|must be a whole number, is string",
                "CALAttachJob|{\"jobId\":99999999999999999999}|/args/jobId|is too large a number",
                "AGTCreateCallback|{\"type\":\"Agent\",\"time\":\"tomorrow\"}"
                        + "|/args/time|must be a date and time without a zone such as 2026-11-22T10:15",
            })
    void bounds_of_arguments_are_kept(String name, String args, String position, String said) {
        Problem problem = json.readClient("{\"type\":\"command\",\"id\":\"1\",\"name\":\"" + name
                        + "\",\"attachNo\":1,\"sessionId\":\"c\",\"args\":" + args + "}")
                .problem();

        assertThat(problem).isEqualTo(new Problem(AgentError.WRONG_ARGUMENT, "1", name, position, said));
    }

    @Test
    void a_problem_never_repeats_what_may_be_personal() {
        String secret = "0301234567";
        for (String frame : List.of(
                "{\"type\":\"command\",\"id\":\"1\",\"name\":\"AGTRedial\",\"sessionId\":\"c\",\"attachNo\":1,\"args\":"
                        + "{\"number\":[\"" + secret + "\"]}}",
                "{\"type\":\"command\",\"id\":\"1\",\"name\":\"" + secret + "#\"}",
                "{\"type\":\"" + secret + "\"}",
                "{\"x\":" + secret + secret)) {
            assertThat(json.readClient(frame).problem().toString()).doesNotContain(secret);
        }
        assertThat(new ClientFrame.Hello(secret, 0, "c", null).toString()).doesNotContain(secret);
        assertThat(new SessionData.Logon(secret, secret, false, null, null, null).toString())
                .doesNotContain(secret);
        assertThat(new CallData.NumberChoice(secret).toString()).doesNotContain(secret);
        assertThat(new ContactData.NewValue("name", secret).toString()).doesNotContain(secret);
    }

    @Test
    void a_frame_is_judged_by_its_bytes() {
        String inside = "{\"type\":\"ack\",\"epoch\":1,\"seq\":2,\"x\":\"%s\"}";
        int room = AgentProtocol.MAX_FRAME_BYTES - inside.length() + 2;

        assertThat(json.readClient(inside.formatted("x".repeat(room))).isFrame())
                .isTrue();
        assertThat(json.readClient(inside.formatted("x".repeat(room + 1)))
                        .problem()
                        .error())
                .isEqualTo(AgentError.TOO_LARGE);
        assertThat(json.readClient(inside.formatted("\u20ac".repeat(room / 3 + 1)))
                        .problem()
                        .error())
                .as("three bytes a character")
                .isEqualTo(AgentError.TOO_LARGE);
    }

    @Test
    void deep_nesting_and_endless_numbers_are_refused_and_cost_nothing() {
        String deep = "{\"type\":\"pong\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThat(json.readClient(deep).problem().error()).isEqualTo(AgentError.MALFORMED);
        assertThat(json.readClient("{\"type\":\"ack\",\"epoch\":" + "9".repeat(60_000) + ",\"seq\":1}")
                        .problem()
                        .error())
                .isEqualTo(AgentError.MALFORMED);
    }

    @Test
    void fields_of_a_later_version_are_passed_over() {
        for (AgentCommand command : AgentCommand.values()) {
            ObjectNode later = (ObjectNode) tree.readTree(json.write(Samples.command(command, true)));
            later.put("laterText", "x").putNull("laterNull");
            ((ObjectNode) later.path("args"))
                    .putObject("laterObject")
                    .putArray("list")
                    .add(1.5);

            assertThat(json.readClient(later.toString()).frame()).isEqualTo(Samples.command(command, true));
        }
    }

    @Test
    void notifications_and_words_of_a_later_version_do_not_stop_a_client() {
        ServerFrame.Notify later = (ServerFrame.Notify) json.readServer(
                        "{\"type\":\"notify\",\"epoch\":5,\"seq\":8,\"name\":\"CALLaterNotify\",\"data\":{\"x\":1}}")
                .frame();
        assertThat(later).isEqualTo(new ServerFrame.Notify(5, 8, "CALLaterNotify", null));

        ServerFrame.Notify word = (ServerFrame.Notify)
                json.readServer("{\"type\":\"notify\",\"epoch\":5,\"seq\":9,\"name\":\"AGTStateChangedNotify\","
                                + "\"data\":{\"agentState\":\"Later\"}}")
                        .frame();
        assertThat(word.data()).isEqualTo(new NotificationData.AgentStateChange("Later", null, null));

        assertThat(json.readServer("{\"type\":\"later\"}").problem().error()).isEqualTo(AgentError.MALFORMED);
    }

    @Test
    void a_result_of_an_error_has_no_data_but_a_place() {
        String text = "{\"type\":\"result\",\"id\":\"1\",\"name\":\"AGTLogon\",\"code\":4003,\"text\":\"x\","
                + "\"position\":\"/args/extension\"}";

        assertThat(json.readServer(text).frame())
                .isEqualTo(new ServerFrame.Result("1", "AGTLogon", 4003, "x", "/args/extension", null));
        assertThat(json.readServer(text.replace("4003", "0")).problem().position())
                .isEqualTo("/data");
    }

    @Test
    void a_server_answers_a_problem_with_its_command_or_beside_the_sequence() {
        ServerFrame refused = json.readClient("{\"type\":\"command\",\"id\":\"7\",\"name\":\"AGTFly\",\"attachNo\":1}")
                .fold(frame -> new ServerFrame.Ping(0), Problem::answer);
        assertThat(refused)
                .isEqualTo(new ServerFrame.Result("7", "AGTFly", 4002, "there is no such command", "/name", null));

        ServerFrame told = json.readClient("{").problem().answer();
        assertThat(told.kind()).isEqualTo(ServerFrame.Kind.NOTIFY);
        assertThat(json.readServer(json.write(told)).frame()).isEqualTo(told);
        assertThat(((ServerFrame.Notify) told).seq()).isZero();
    }

    @Test
    void a_server_makes_answers_and_notifications_that_fit_their_names() {
        Command command = (Command) Samples.command(AgentCommand.AGT_IS_IN_DNC, true);

        assertThat(ServerFrame.Result.done(command, new ContactData.Listed(true)))
                .isEqualTo(new ServerFrame.Result("k7q-1", "AGTIsInDNC", 0, "OK", null, new ContactData.Listed(true)));
        assertThat(ServerFrame.Result.refused(command, AgentError.RETRY, "later"))
                .isEqualTo(new ServerFrame.Result("k7q-1", "AGTIsInDNC", 4011, "later", null, null));
        assertThatThrownBy(() -> ServerFrame.Result.done(command, new SessionData.Nothing()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ServerFrame.Result.refused(command, AgentError.OK, "x"))
                .isInstanceOf(IllegalArgumentException.class);

        NotificationData.ZoneNews zone = new NotificationData.ZoneNews("Default");
        assertThat(ServerFrame.Notify.of(0, 0, AgentNotification.POM_AVAILABLE, zone))
                .isEqualTo(new ServerFrame.Notify(0, 0, "POMAvailable", zone));
        assertThatThrownBy(() -> ServerFrame.Notify.of(7, 1, AgentNotification.POM_AVAILABLE, zone))
                .as("it is outside of the sequence")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ServerFrame.Notify.of(7, 1, AgentNotification.AGT_CONSULT_CANCELLED, zone))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_reading_is_one_of_two() {
        Reading<ClientFrame> good = json.readClient(json.write(new ClientFrame.Ack(1, 2)));
        Reading<ClientFrame> bad = json.readClient("");

        assertThatThrownBy(good::problem).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(bad::frame).isInstanceOf(NoSuchElementException.class);
    }

    static List<ClientFrame> frames() {
        return List.of(
                Samples.command(AgentCommand.AGT_CREATE_CALLBACK, true),
                Samples.command(AgentCommand.AGT_SKILLS_CHANGED, true),
                Samples.frame(ClientFrame.Kind.HELLO, true),
                Samples.frame(ClientFrame.Kind.STATUS, true));
    }

    /** Thousands of frames that were cut, doubled and stirred: each is read or named, none throws. */
    @ParameterizedTest
    @MethodSource("frames")
    void noise_never_throws(ClientFrame frame) {
        String text = json.write(frame);
        SplittableRandom random = new SplittableRandom(20261122);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder noisy = new StringBuilder(text);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(noisy.length());
                switch (random.nextInt(3)) {
                    case 0 -> noisy.deleteCharAt(at);
                    case 1 -> noisy.insert(at, "{}[]\",:0\\\u0000\ud800x-".charAt(random.nextInt(13)));
                    default -> noisy.setCharAt(at, (char) random.nextInt(0x250));
                }
            }
            Reading<ClientFrame> reading = json.readClient(noisy.toString());
            refused += reading.isFrame() ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    @Test
    void names_are_unique_and_ids_of_commands_are_as_the_answer_may_carry_them() {
        assertThat(AgentCommand.values()).extracting(AgentCommand::text).doesNotHaveDuplicates();
        assertThat(AgentNotification.values())
                .extracting(AgentNotification::text)
                .doesNotHaveDuplicates();
        assertThat(AgentError.values()).extracting(AgentError::number).doesNotHaveDuplicates();
        for (AgentCommand command : AgentCommand.values()) {
            assertThat(AgentCommand.of(command.text())).contains(command);
            assertThat(command.text()).matches("(AGT|CAL|GetPAM)[A-Za-z]+");
            Command sample = (Command) Samples.command(command, false);
            assertThat(sample.sessionId() != null).isEqualTo(command.needsCall());
        }
    }
}
