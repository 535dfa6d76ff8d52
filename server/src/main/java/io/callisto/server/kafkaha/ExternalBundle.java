package io.callisto.server.kafkaha;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What the operator of an external broker gets: its {@code server.properties}, a start script for a stock Apache Kafka
 * and a README. The same revision makes the same bytes.
 */
public final class ExternalBundle {
    private ExternalBundle() {}

    /** The files by name. */
    public static Map<String, String> files(Revision revision, BrokerNode node) {
        String properties = revision.file(node.id())
                .orElseThrow(() -> new IllegalArgumentException("no file of broker " + node.id()));
        Map<String, String> files = new LinkedHashMap<>();
        files.put("README.txt", readme(revision, node));
        files.put("server.properties", properties);
        files.put("start.sh", resource("/kafka-ha/start.sh"));
        return files;
    }

    /** The zip. */
    public static byte[] zip(Revision revision, BrokerNode node) {
        String folder = folder(revision, node) + "/";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files(revision, node).entrySet()) {
                ZipEntry entry = new ZipEntry(folder + file.getKey());
                entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0)); // the same bytes every time
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Name of the zip without its ending, and of the folder in it. */
    public static String folder(Revision revision, BrokerNode node) {
        return "callisto-kafka-" + node.id() + "-revision-" + revision.number();
    }

    private static String readme(Revision revision, BrokerNode node) {
        HaPlan plan = revision.plan();
        HaTls tls = plan.tls();
        return resource("/kafka-ha/README.txt")
                .replace("@ID@", Integer.toString(node.id()))
                .replace("@BROKERS@", Integer.toString(plan.nodes().size()))
                .replace("@REVISION@", Integer.toString(revision.number()))
                .replace("@CLUSTER@", plan.clusterId())
                .replace("@CONTROLLER@", node.controller())
                .replace("@BROKER@", node.broker())
                .replace("@OTHERS@", others(plan, node))
                .replace("@DATA@", plan.dataDirectory(node))
                .replace("@TLS@", tls == null ? "This cluster uses no TLS.\n" : tlsText(tls.directory(node)));
    }

    private static String others(HaPlan plan, BrokerNode node) {
        StringBuilder text = new StringBuilder();
        plan.nodes().stream()
                .filter(other -> other.id() != node.id())
                .forEach(other -> text.append("     ")
                        .append(other.controller())
                        .append("  and  ")
                        .append(other.broker())
                        .append('\n'));
        return text.toString().stripTrailing();
    }

    private static String tlsText(String directory) {
        return "Brokers and clients prove who they are by certificates. Put into " + directory + ":\n"
                + "     key.pem      this broker's key and certificate, readable by the broker's user only\n"
                + "     trusted.pem  the authorities whose certificates are accepted\n"
                + "   Make both on a Callisto server: ./callisto certs issue --help\n";
    }

    private static String resource(String name) {
        try (InputStream in = ExternalBundle.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
