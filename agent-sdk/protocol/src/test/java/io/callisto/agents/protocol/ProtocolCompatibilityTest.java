package io.callisto.agents.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.agents.protocol.Shape.Form;
import io.callisto.agents.protocol.Shape.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The protocol only grows. {@code released/agent-protocol-1.txt} lists every field, word and code as the last release
 * had them; {@code -Dcallisto.contract.release=true} rewrites it, which is a step of a release and of nothing else.
 */
class ProtocolCompatibilityTest {
    private static final Path RELEASED = Path.of(
            System.getProperty("callisto.root", "../.."),
            "agent-sdk/protocol/src/test/resources/released/agent-protocol-1.txt");

    @Test
    void what_was_released_is_still_there_and_asks_for_nothing_more() throws IOException {
        Set<String> now = now();
        if (Boolean.getBoolean("callisto.contract.release")) {
            Files.createDirectories(RELEASED.getParent());
            Files.writeString(RELEASED, String.join("\n", now) + "\n");
        }

        assertThat(broken(new TreeSet<>(Files.readAllLines(RELEASED)), now)).isEmpty();
    }

    @Test
    void a_change_that_breaks_somebody_is_seen() {
        Set<String> released = now();
        assertThat(released).hasSizeGreaterThan(400);
        String field = "args AGTLogon/extension TEXT required";
        assertThat(released).contains(field);

        Set<String> without = new TreeSet<>(released);
        without.remove(field);
        assertThat(broken(released, without)).containsExactly("gone: " + field);

        Set<String> more = new TreeSet<>(released);
        more.add("args AGTLogon/colour TEXT required");
        more.add("args AGTLogon/sound TEXT optional");
        more.add("args CALNew/colour TEXT required");
        more.add("data AGTLogon/colour TEXT required");
        assertThat(broken(released, more))
                .containsExactly("required of released clients: args AGTLogon/colour TEXT required");
    }

    private static List<String> broken(Set<String> released, Set<String> now) {
        List<String> broken = new ArrayList<>();
        released.stream().filter(line -> !now.contains(line)).forEach(line -> broken.add("gone: " + line));
        Set<String> known = released.stream()
                .filter(line -> line.startsWith("command "))
                .map(line -> "args " + line.substring("command ".length()).replace(" call", "") + "/")
                .collect(Collectors.toSet());
        for (ClientFrame.Kind kind : ClientFrame.Kind.values()) {
            known.add("args " + kind.text() + "/");
        }
        now.stream()
                .filter(line -> !released.contains(line) && line.endsWith(" required"))
                .filter(line -> known.stream().anyMatch(line::startsWith))
                .forEach(line -> broken.add("required of released clients: " + line));
        return broken;
    }

    private static Set<String> now() {
        Set<String> lines = new TreeSet<>();
        for (ClientFrame.Kind kind : ClientFrame.Kind.values()) {
            lines(lines, "args " + kind.text(), Shape.of(kind.record()));
        }
        for (ServerFrame.Kind kind : ServerFrame.Kind.values()) {
            lines(lines, "data " + kind.text(), Shape.of(kind.record()));
        }
        for (AgentCommand command : AgentCommand.values()) {
            lines.add("command " + command.text() + (command.needsCall() ? " call" : ""));
            lines(lines, "args " + command.text(), Shape.of(command.args()));
            lines(lines, "data " + command.text(), Shape.of(command.result()));
        }
        for (AgentNotification notification : AgentNotification.values()) {
            lines.add("notification " + notification.text());
            lines(lines, "data " + notification.text(), Shape.of(notification.data()));
        }
        for (AgentError error : AgentError.values()) {
            lines.add("error " + error.number() + " " + error.title());
        }
        return lines;
    }

    private static void lines(Set<String> lines, String at, Shape shape) {
        for (Part part : shape.parts()) {
            String place = at + "/" + part.name();
            Form form = part.form();
            Form inner = form.element() == null ? form : form.element();
            String kind = form.element() == null ? form.kind().name() : form.kind() + " of " + inner.kind();
            lines.add(place + " " + kind + (part.required() ? " required" : " optional"));
            if (inner.kind() == Shape.Kind.WORD) {
                Schemas.words(inner.type()).forEach(word -> lines.add(place + " word " + word));
            }
            if (inner.shape() != null) {
                lines(lines, place, inner.shape());
            }
        }
    }
}
