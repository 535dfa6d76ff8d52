package io.callisto.agents.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.agents.protocol.AgentCommand;
import io.callisto.agents.protocol.AgentError;
import io.callisto.agents.protocol.AgentNotification;
import io.callisto.agents.protocol.AgentProtocol;
import io.callisto.agents.protocol.AgentState;
import io.callisto.agents.protocol.AgentView;
import io.callisto.agents.protocol.CallState;
import io.callisto.agents.protocol.ClientFrame;
import io.callisto.agents.protocol.ContactData;
import io.callisto.agents.protocol.DesktopAddresses;
import io.callisto.agents.protocol.FrameJson;
import io.callisto.agents.protocol.NotificationData;
import io.callisto.agents.protocol.ServerFrame;
import io.callisto.agents.protocol.SessionData;
import io.callisto.domain.Requirement;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against scripted servers over real sockets. */
class AgentClientTest {
    private static final long EPOCH = (1L << 40) | 7;
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100));

    @TempDir
    Path folder;

    private final ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor();
    private final Heard heard = new Heard();
    private ScriptedServer one;
    private ScriptedServer two;
    private AgentClient client;

    /** What a listener heard, in words. */
    private static final class Heard implements AgentListener {
        private final List<String> all = new CopyOnWriteArrayList<>();
        private final List<DesktopAddresses> addresses = new CopyOnWriteArrayList<>();

        @Override
        public void connected(ServerFrame.Welcome welcome) {
            all.add("connected " + welcome.attachNo());
        }

        @Override
        public void disconnected(String reason) {
            all.add("disconnected");
        }

        @Override
        public void available(boolean available) {
            all.add(available ? "available" : "not available");
        }

        @Override
        public void notified(ServerFrame.Notify notification) {
            all.add(notification.name() + " " + notification.seq());
        }

        @Override
        public void snapshot(AgentView state) {
            all.add("snapshot " + state.callState());
        }

        @Override
        public void addresses(DesktopAddresses told) {
            addresses.add(told);
        }

        @Override
        public void sessionLost(String agentSessionId) {
            all.add("session lost");
        }

        @Override
        public void ended(int code, String reason) {
            all.add("ended " + code);
        }

        void awaitLast(String what) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !all.isEmpty() && all.get(all.size() - 1).equals(what));
        }
    }

    @BeforeEach
    void start() throws Exception {
        one = new ScriptedServer(folder.resolve("one"));
        two = new ScriptedServer(folder.resolve("two"));
        client = client(AgentClientSettings.of(List.of(one.address(), two.address()), () -> "t-1")
                .withBackoff(QUICK)
                .withConnectTimeout(Duration.ofSeconds(30))
                .withOrganisation(7));
    }

    private AgentClient client(AgentClientSettings settings) {
        return new AgentClient(
                settings, heard, owner, HttpClient.newHttpClient(), new FrameJson(), new SplittableRandom(7));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        owner.shutdown();
        assertThat(owner.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        one.close();
        two.close();
    }

    private ScriptedServer.Connection welcomed(ScriptedServer server, int attachNo, boolean resumed)
            throws InterruptedException {
        ScriptedServer.Connection connection = server.accept();
        connection.next(ClientFrame.Hello.class);
        connection.tell(server.welcome(attachNo, resumed, List.of(one.address(), two.address())));
        return connection;
    }

    private static ServerFrame.Notify state(long epoch, long seq, AgentState state) {
        return new ServerFrame.Notify(
                epoch,
                seq,
                AgentNotification.AGT_STATE_CHANGED_NOTIFY.text(),
                new NotificationData.AgentStateChange(state.text(), null, null));
    }

    private static ServerFrame.Snapshot snapshot(long epoch, long seq, CallState call) {
        return new ServerFrame.Snapshot(
                epoch,
                seq,
                new AgentView(
                        "a-7",
                        "Default",
                        AgentState.READY.text(),
                        null,
                        call.text(),
                        "JobAttached",
                        "NailedUp",
                        17L,
                        "Spring offer",
                        null,
                        null,
                        List.of(),
                        List.of(),
                        List.of("AGTHoldCall")));
    }

    private CompletableFuture<SessionData.Nothing> hold() {
        return client.send(AgentCommand.AGT_HOLD_CALL, "c-1", new SessionData.Nothing(), SessionData.Nothing.class);
    }

    private static CommandRefused refusal(CompletableFuture<?> answer) {
        try {
            answer.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            return (CommandRefused) Objects.requireNonNull(refused.getCause());
        } catch (InterruptedException | TimeoutException none) {
            throw new AssertionError(none);
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void it_says_hello_logs_on_and_gets_typed_results() throws Exception {
        client.connect();
        ScriptedServer.Connection line = one.accept();
        assertThat(line.subProtocol()).isEqualTo(AgentProtocol.SUB_PROTOCOL);
        assertThat(line.next(ClientFrame.Hello.class))
                .isEqualTo(new ClientFrame.Hello("t-1", 7, "callisto-agent-java/1", null));
        line.tell(one.welcome(1, false, List.of(one.address())));
        heard.awaitLast("available");

        SessionData.Logon logon = new SessionData.Logon("4711", null, true, null, null, "Default");
        var answer = client.send(AgentCommand.AGT_LOGON, null, logon, SessionData.LoggedOn.class);
        ClientFrame.Command command = line.command(AgentCommand.AGT_LOGON);
        assertThat(command.args()).isEqualTo(logon);
        line.answer(command, new SessionData.LoggedOn("as-0", 5, true, "Ready"));
        assertThat(answer.get(30, TimeUnit.SECONDS).takenOver()).isTrue();

        var held = hold();
        ClientFrame.Command second = line.command(AgentCommand.AGT_HOLD_CALL);
        assertThat(second.attachNo()).isEqualTo(5);
        assertThat(second.id()).isNotEqualTo(command.id());
        line.tell(new ServerFrame.Result(second.id(), "AGTHoldCall", 4005, "gone", "/sessionId", null));
        CommandRefused refused = refusal(held);
        assertThat(refused.error()).isEqualTo(AgentError.WRONG_SESSION);
        assertThat(refused.position()).contains("/sessionId");
    }

    @Test
    @Requirement({"FS-6", "DEP-5"})
    void a_lost_server_costs_neither_session_nor_command() throws Exception {
        client.connect();
        ScriptedServer.Connection line = welcomed(one, 1, false);
        line.tell(snapshot(EPOCH, 10, CallState.TALKING));
        heard.awaitLast("snapshot Talking");
        line.next(ClientFrame.Ack.class);
        var held = hold();
        ClientFrame.Command asked = line.command(AgentCommand.AGT_HOLD_CALL);

        one.close();
        ScriptedServer.Connection other = two.accept();
        assertThat(other.next(ClientFrame.Hello.class).resume())
                .isEqualTo(new ClientFrame.Resume("as-1", 1, EPOCH, 10));
        other.tell(two.welcome(2, true, List.of(two.address())));
        ClientFrame.Command again = other.command(AgentCommand.AGT_HOLD_CALL);

        assertThat(again)
                .isEqualTo(new ClientFrame.Command(asked.id(), asked.name(), 2, asked.sessionId(), asked.args()));
        other.answer(again, new SessionData.Nothing());
        assertThat(held.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(heard.all)
                .containsSubsequence("available", "not available", "disconnected", "connected 2", "available");
    }

    @Test
    void a_command_without_a_connection_is_refused_at_once() {
        CommandRefused refused = refusal(hold());

        assertThat(refused.error()).isEqualTo(AgentError.RETRY);
        assertThat(refused.error().passing()).isTrue();
    }

    @Test
    void a_session_that_is_gone_refuses_what_was_asked_in_it() throws Exception {
        client.connect();
        ScriptedServer.Connection line = welcomed(one, 1, false);
        heard.awaitLast("available");
        var held = hold();
        line.command(AgentCommand.AGT_HOLD_CALL);
        line.close();
        welcomed(two, 1, false);

        assertThat(refusal(held).error()).isEqualTo(AgentError.WRONG_SESSION);
        heard.awaitLast("available");
        assertThat(heard.all).contains("session lost");
    }

    @Test
    void notifications_come_once_in_order_and_a_gap_is_healed_by_a_snapshot() throws Exception {
        client.connect();
        ScriptedServer.Connection line = welcomed(one, 1, false);
        line.tell(snapshot(EPOCH, 10, CallState.IDLE));
        line.next(ClientFrame.Ack.class);
        heard.awaitLast("snapshot Idle");
        int before = heard.all.size();
        for (long seq : new long[] {11, 11, 10, 12, 14, 15}) {
            line.tell(state(EPOCH, seq, AgentState.READY));
        }
        ClientFrame.Command wanted = line.command(AgentCommand.CAL_GET_SNAPSHOT);
        line.tell(snapshot(EPOCH, 15, CallState.WRAPUP));
        line.answer(wanted, new SessionData.Place(EPOCH, 15));
        line.tell(state(EPOCH, 16, AgentState.READY));
        line.tell(state(EPOCH + 1, 1, AgentState.READY));
        line.tell(snapshot(EPOCH + 1, 1, CallState.IDLE));
        line.tell(state(EPOCH, 17, AgentState.READY));
        line.tell(state(EPOCH + 1, 2, AgentState.READY));

        heard.awaitLast("AGTStateChangedNotify 2");
        assertThat(heard.all.subList(before, heard.all.size()))
                .containsExactly(
                        "AGTStateChangedNotify 11",
                        "AGTStateChangedNotify 12",
                        "snapshot Wrapup",
                        "AGTStateChangedNotify 16",
                        "snapshot Idle",
                        "AGTStateChangedNotify 2");
    }

    @Test
    void what_has_arrived_is_acknowledged_and_pings_are_answered_with_the_place() throws Exception {
        client.connect();
        ScriptedServer.Connection line = welcomed(one, 1, false);
        line.tell(snapshot(EPOCH, 0, CallState.IDLE));
        line.next(ClientFrame.Ack.class);
        for (int seq = 1; seq <= AgentProtocol.ACK_EVERY; seq++) {
            line.tell(state(EPOCH, seq, AgentState.READY));
        }
        assertThat(line.next(ClientFrame.Ack.class)).isEqualTo(new ClientFrame.Ack(EPOCH, AgentProtocol.ACK_EVERY));
        line.tell(new ServerFrame.Ping(3));
        assertThat(line.next(ClientFrame.Pong.class))
                .isEqualTo(new ClientFrame.Pong(3, EPOCH, AgentProtocol.ACK_EVERY));
    }

    @Test
    @Requirement("AM-3")
    void a_zone_without_an_owner_is_told_and_its_return() throws Exception {
        client.connect();
        ScriptedServer.Connection line = welcomed(one, 1, false);
        NotificationData.ZoneNews zone = new NotificationData.ZoneNews("Default");
        line.tell(new ServerFrame.Notify(0, 0, "POMNotAvailable", zone));
        line.tell(new ServerFrame.Notify(0, 0, "POMAvailable", zone));

        heard.awaitLast("POMAvailable 0");
        assertThat(heard.all)
                .containsExactly(
                        "connected 1",
                        "available",
                        "not available",
                        "POMNotAvailable 0",
                        "available",
                        "POMAvailable 0");
    }

    @Test
    @Requirement("AM-13")
    void addresses_are_had_at_login_and_kept_fresh() throws Exception {
        client.connect();
        ScriptedServer.Connection line = welcomed(one, 1, false);
        DesktopAddresses fresh = new DesktopAddresses(
                List.of("ws://127.0.0.1:1/agent/v1", "nonsense"),
                Map.of("Default", "s2:9200"),
                new DesktopAddresses.Scripts("https://p", "https://x"));
        line.tell(new ServerFrame.Notify(0, 0, "AgentSDKConnectedRESP", fresh));

        heard.awaitLast("AgentSDKConnectedRESP 0");
        assertThat(heard.addresses).hasSize(2).last().isEqualTo(fresh);
        assertThat(client.servers().get(30, TimeUnit.SECONDS))
                .containsExactly(URI.create("ws://127.0.0.1:1/agent/v1"), one.address(), two.address());
    }

    @Test
    void a_new_owner_gets_the_view_of_the_desktop() throws Exception {
        client.connect();
        ScriptedServer.Connection line = welcomed(one, 1, false);
        line.tell(snapshot(EPOCH, 1, CallState.TALKING));
        line.next(ClientFrame.Ack.class);
        line.tell(new ServerFrame.Notify(
                EPOCH, 2, "AGTCallStateChangedNotify", new NotificationData.CallStateChange("Held", "c-1")));
        line.tell(new ServerFrame.Notify(
                EPOCH, 3, "AGTSessionIDChange", new NotificationData.SessionIdChange("c-1", "c-2")));
        line.tell(new ServerFrame.Notify(EPOCH, 4, "AGTNailupChange", new NotificationData.NailupChange("Lost", null)));
        line.tell(new ServerFrame.Notify(
                EPOCH, 5, "CALJobStateChanged", new NotificationData.JobStateChange("JobEnd", 17L, null)));
        line.tell(state(EPOCH, 6, AgentState.NOT_READY));
        line.tell(new ServerFrame.Notify(0, 0, "GetAgentStatus", new NotificationData.StatusWanted("a-7", 9)));

        assertThat(line.next(ClientFrame.Status.class))
                .isEqualTo(new ClientFrame.Status(9, "NotReady", "Held", "JobEnd", "Lost", "c-2"));
    }

    @Test
    void a_line_that_went_silent_is_given_up() throws Exception {
        client.connect();
        ScriptedServer.Connection line = one.accept();
        line.next(ClientFrame.Hello.class);
        line.tell(one.welcome(1, false, List.of(one.address(), two.address()), 1_500));
        ScriptedServer.Connection other = two.accept();

        assertThat(other.next(ClientFrame.Hello.class).resume()).isNotNull();
        assertThat(line.quiet()).isTrue();
    }

    @Test
    void a_server_that_never_welcomes_is_left() throws Exception {
        client = client(AgentClientSettings.of(List.of(one.address(), two.address()), () -> "t-1")
                .withBackoff(QUICK)
                .withConnectTimeout(Duration.ofMillis(300)));
        client.connect();
        one.accept().next(ClientFrame.Hello.class);

        assertThat(two.accept()).isNotNull();
    }

    @Test
    void addresses_where_nobody_listens_are_passed_over() throws Exception {
        client = client(
                AgentClientSettings.of(List.of(URI.create("ws://127.0.0.1:1/agent/v1"), two.address()), () -> "t-1")
                        .withBackoff(QUICK));
        client.connect();
        welcomed(two, 1, false);

        heard.awaitLast("available");
    }

    @Test
    void a_bye_is_obeyed() throws Exception {
        client.connect();
        ScriptedServer.Connection line = welcomed(one, 1, false);
        line.tell(new ServerFrame.Bye(4019, "stops", true, 10));
        ScriptedServer.Connection other = welcomed(two, 2, true);
        heard.awaitLast("available");
        var held = hold();
        other.command(AgentCommand.AGT_HOLD_CALL);
        other.tell(new ServerFrame.Bye(4006, "another desktop", false, 0));

        assertThat(refusal(held).error()).isEqualTo(AgentError.STALE_ATTACH);
        heard.awaitLast("ended 4006");
    }

    @Test
    void what_a_later_server_says_does_not_stop_it_but_noise_does() throws Exception {
        client.connect();
        ScriptedServer.Connection line = welcomed(one, 1, false);
        line.tell("{\"type\":\"later\",\"x\":1}");
        line.tell("{\"type\":\"notify\",\"epoch\":0,\"seq\":0,\"name\":\"CALLaterNotify\",\"data\":{}}");
        heard.awaitLast("CALLaterNotify 0");

        line.tell("<html>");
        assertThat(two.accept()).isNotNull();
    }

    @Test
    void a_command_with_the_wrong_records_is_a_mistake_of_the_caller() {
        assertThatThrownBy(() -> client.send(
                        AgentCommand.AGT_LOGON, null, new SessionData.Nothing(), SessionData.LoggedOn.class))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.send(
                        AgentCommand.AGT_IS_IN_DNC, null, new ContactData.Address("x"), ContactData.Listed.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("session id");
    }

    @Test
    void many_agents_share_one_thread() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        FrameJson json = new FrameJson();
        SplittableRandom random = new SplittableRandom(1);
        List<AgentClient> agents = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 50; i++) {
            AgentClient agent = new AgentClient(
                    AgentClientSettings.of(List.of(one.address()), () -> "t"), heard, owner, http, json, random);
            agents.add(agent);
            agent.connect();
        }
        List<CompletableFuture<SessionData.Nothing>> answers = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 50; i++) {
            welcomed(one, 1, false);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> heard.all.stream().filter("available"::equals).count() == 50);
        agents.forEach(agent -> answers.add(
                agent.send(AgentCommand.AGT_LOGOFF, null, new SessionData.Nothing(), SessionData.Nothing.class)));
        agents.forEach(AgentClient::close);

        assertThat(answers)
                .allSatisfy(answer -> assertThatThrownBy(answer::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(CommandRefused.class));
    }
}
