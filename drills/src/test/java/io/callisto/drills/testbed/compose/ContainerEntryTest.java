package io.callisto.drills.testbed.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start script of our image, with a Java that only writes down what it is told. */
class ContainerEntryTest {
    private static final ComposePlan TWO = new ComposePlan("10.87.0", 2);
    private static final String PASSWORD = "pa\"ss\\word";

    @TempDir
    Path folder;

    @BeforeEach
    void standIns() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "the image's script is for bash");
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/bash\ncp \"${1#@}\" \"$CALLISTO_RUN/seen\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(folder.resolve("own"));
        Files.writeString(folder.resolve("own/java.args"), "-cp\nall.jar\n");
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(folder.resolve("run/state"), "1 RUNNING\n");
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache-service",
                "rule-engine",
                "event-aggregator",
                "campaign-director",
                "campaign-manager",
                "agent-manager",
                "console"
            })
    void a_service_listens_on_its_containers_fixed_address(String service) throws Exception {
        List<String> arguments = arguments("s2", service);

        String address = TWO.address("s2-" + service);
        assertThat(arguments)
                .contains("\"-Xmx192m\"", "io.callisto.server.app.ServerMain")
                .contains("\"--callisto.server-name=s2\"", "\"--callisto.process=" + service + "\"")
                .contains("\"--callisto.bind-host=" + address + "\"", "\"--callisto.advertised-host=" + address + "\"")
                .contains("\"--callisto.zookeeper.connect-string=" + TWO.zooKeeper() + "\"")
                .contains("\"--callisto.kafka.bootstrap-servers=" + TWO.kafkaBootstrap() + "\"")
                .contains("\"--callisto.broker.url=" + TWO.brokerUrl() + "\"")
                .contains("\"--callisto.obey-wishes=true\"")
                .contains("\"--callisto.cache.discovery=10.87.0.61:47500,10.87.0.81:47500\"");
        assertThat(arguments.contains("\"--callisto.cache.port=47500\"")).isEqualTo(service.equals("cache-service"));
    }

    @Test
    void a_broker_knows_all_brokers_in_the_same_order() throws Exception {
        assertThat(arguments("s2", "broker"))
                .contains("io.callisto.server.infra.BrokerMain", "\"--name=s2\"")
                .contains("\"--brokers=s1@" + TWO.address("s1-broker") + ":61616,s2@" + TWO.address("s2-broker")
                        + ":61616\"");
    }

    @Test
    void a_gateway_listens_where_the_services_look_for_it() throws Exception {
        assertThat(arguments("g2", "media-gateway"))
                .contains("\"--callisto.gateway.id=g2\"", "\"--callisto.gateway.host=" + TWO.address("g2") + "\"");
        assertThat(arguments("s1", "rule-engine"))
                .contains("\"--callisto.gateways=g1=" + TWO.gateways().get("g1") + ",g2="
                        + TWO.gateways().get("g2") + "\"");
    }

    @Test
    void the_password_is_quoted_for_java_in_a_file_that_only_its_owner_reads() throws Exception {
        assertThat(arguments("s1", "console")).contains("\"--spring.datasource.password=pa\\\"ss\\\\word\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run/java.args"))))
                .isEqualTo("rw-------");
    }

    @Test
    void arguments_of_the_container_come_last_and_the_state_of_an_earlier_process_is_gone() throws Exception {
        List<String> arguments = arguments("s1", "console", "--callisto.timing=safe");

        assertThat(arguments.get(arguments.size() - 1)).isEqualTo("\"--callisto.timing=safe\"");
        assertThat(folder.resolve("run/state")).doesNotExist();
    }

    @Test
    void an_unknown_process_is_refused() throws Exception {
        assertThat(run("s1", "dialer")).isEqualTo(2);
    }

    private List<String> arguments(String name, String process, String... more) throws Exception {
        assertThat(run(name, process, more)).isZero();
        return Files.readAllLines(folder.resolve("run/seen"));
    }

    private int run(String name, String process, String... more) throws IOException, InterruptedException {
        Path script = ComposeFileTest.ROOT.resolve("deploy/entry");
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", script.toString());
        builder.command().addAll(List.of(more));
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("CALLISTO_HOME", folder.toString());
        environment.put("CALLISTO_RUN", folder.resolve("run").toString());
        environment.put("CALLISTO_NAME", name);
        environment.put("CALLISTO_PROCESS", process);
        environment.put("CALLISTO_HEAP", "192m");
        environment.put("CALLISTO_NETWORK", TWO.network());
        environment.put("CALLISTO_SERVERS", "2");
        environment.put("CALLISTO_DATABASE_URL", TWO.jdbcUrl());
        environment.put("CALLISTO_DATABASE_USER", "callisto");
        environment.put(
                "CALLISTO_DATABASE_PASSWORD_FILE", folder.resolve("password").toString());
        Process started = builder.start();
        assertThat(started.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return started.exitValue();
    }
}
