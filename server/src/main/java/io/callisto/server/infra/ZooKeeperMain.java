package io.callisto.server.infra;

import io.callisto.server.process.Arguments;
import io.callisto.server.process.Pause;
import io.callisto.server.process.StateFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/**
 * One ZooKeeper member. Arguments: {@code --id --data --host --client-port --tick-time} and, for an ensemble, {@code
 * --members=1:host:peerPort:electionPort,...}.
 */
public final class ZooKeeperMain {
    private ZooKeeperMain() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args);
        Path data = Path.of(arguments.get("data"));
        Files.createDirectories(data);
        Files.writeString(data.resolve("myid"), arguments.get("id") + "\n");
        Path file = data.resolve("zoo.cfg");
        Files.write(file, configuration(arguments, data));
        InetSocketAddress address = new InetSocketAddress(arguments.get("host"), arguments.number("client-port"));
        Thread watcher = new Thread(() -> reportWhenServing(address), "readiness");
        watcher.setDaemon(true);
        watcher.start();
        QuorumPeerMain.main(new String[] {file.toString()});
    }

    static List<String> configuration(Arguments arguments, Path data) {
        List<String> lines = new ArrayList<>(List.of(
                "dataDir=" + data.toString().replace("\\", "/"),
                "clientPortAddress=" + arguments.get("host"),
                "clientPort=" + arguments.get("client-port"),
                "tickTime=" + arguments.find("tick-time").orElse("500"),
                "initLimit=20",
                "syncLimit=6",
                "minSessionTimeout=1000",
                "maxSessionTimeout=40000",
                "maxClientCnxns=0",
                "admin.enableServer=false",
                "4lw.commands.whitelist=srvr,ruok,mntr",
                "autopurge.snapRetainCount=3",
                "autopurge.purgeInterval=1"));
        arguments.find("members").map(members -> members.split(",")).ifPresent(members -> {
            if (members.length > 1) {
                for (String member : members) {
                    String[] part = member.split(":", 2);
                    lines.add("server." + part[0] + "=" + part[1]);
                }
            }
        });
        return lines;
    }

    /** A member answers "srvr" with its mode only while it belongs to a quorum. */
    private static void reportWhenServing(InetSocketAddress address) {
        try {
            if (Pause.until(Long.MAX_VALUE, 100, () -> command(address, "srvr").contains("Mode: "))) {
                StateFile.report("RUNNING");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String command(InetSocketAddress address, String word) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1_000);
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return "";
        }
    }
}
