package io.callisto.server.kafkaha;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * From answers to a plan. The same answers give the same plan: a broker that was there before, known by its
 * controller's address, keeps its id and its directory id. Pure functions.
 */
public final class HaPlanDecision {
    private HaPlanDecision() {}

    /** What is wrong with the answers, each with what to do; empty: nothing. */
    public static List<String> problems(HaAnswers answers) {
        List<String> found = new ArrayList<>(answers.problemsOfNumber());
        if (answers.external().size() > 1) {
            found.add("at most one broker may be external, not "
                    + answers.external().size() + ": put the others on Callisto's servers");
        }
        if (answers.own().isEmpty()) {
            found.add("no broker is on a server of Callisto: name them with --brokers");
        }
        int replicas = answers.replicas();
        if (replicas > answers.brokers()) {
            found.add("a replication factor of " + replicas + " needs " + replicas + " brokers, there are "
                    + answers.brokers() + ": lower --replication or add brokers");
        }
        if (replicas < 2) {
            found.add("a replication factor of " + replicas + " loses events with the first broker: take 3");
        }
        int minimum = answers.minInsync();
        if (minimum < 1 || minimum > replicas) {
            found.add("--min-isr must be 1 to " + replicas + ", not " + minimum);
        } else if (minimum == replicas && replicas > 1) {
            found.add("--min-isr " + minimum + " of " + replicas
                    + " replicas: no event could be written while one broker is away; take " + (replicas - 1));
        }
        if (answers.brokerPort() < 1 || answers.brokerPort() > 65_535) {
            found.add("--broker-port must be 1 to 65535, not " + answers.brokerPort());
        }
        found.addAll(clashes(answers));
        return found;
    }

    private static List<String> clashes(HaAnswers answers) {
        List<String> found = new ArrayList<>();
        Set<String> used = new HashSet<>();
        Set<String> hosts = new HashSet<>();
        Stream.concat(answers.own().stream(), answers.external().stream()).forEach(endpoint -> {
            String host = endpoint.host().toLowerCase(Locale.ROOT);
            int broker = Optional.ofNullable(endpoint.brokerPort()).orElse(answers.brokerPort());
            if (!used.add(host + " " + endpoint.controllerPort())) {
                found.add("port " + endpoint.controllerPort() + " of " + endpoint.host() + " is named twice");
            }
            if (!used.add(host + " " + broker)) {
                found.add("port " + broker + " of " + endpoint.host()
                        + " is named twice: write host:controllerPort:brokerPort for brokers that share a host");
            }
            boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
            hosts.add(loopback ? "loopback" : "network");
        });
        if (hosts.size() > 1) {
            found.add("some brokers are on the loopback address and others are not: the others could not reach them;"
                    + " name every server by the address that all of them see");
        }
        return found;
    }

    /**
     * The plan for answers without problems.
     *
     * @param before the present plan, if there is one
     * @param ids makes ids for what is new
     */
    public static HaPlan plan(Optional<HaPlan> before, HaAnswers answers, Supplier<String> ids) {
        List<BrokerNode> known = before.map(HaPlan::nodes).orElse(List.of());
        int last = before.map(HaPlan::lastId).orElse(0);
        List<BrokerNode> nodes = new ArrayList<>();
        List<Endpoint> all = Stream.concat(answers.own().stream(), answers.external().stream())
                .toList();
        for (int i : IntStream.range(0, all.size()).toArray()) {
            Endpoint endpoint = all.get(i);
            Optional<BrokerNode> same = known.stream()
                    .filter(node -> node.host().equalsIgnoreCase(endpoint.host())
                            && node.controllerPort() == endpoint.controllerPort())
                    .findFirst();
            int id = same.isPresent() ? same.get().id() : ++last;
            nodes.add(new BrokerNode(
                    id,
                    endpoint.host(),
                    endpoint.controllerPort(),
                    Optional.ofNullable(endpoint.brokerPort()).orElse(answers.brokerPort()),
                    i >= answers.own().size(),
                    same.map(BrokerNode::founder).orElse(before.isEmpty()),
                    same.map(BrokerNode::directoryId).orElseGet(ids)));
        }
        nodes.sort(Comparator.comparing(BrokerNode::external).thenComparing(BrokerNode::id));
        return new HaPlan(
                before.map(HaPlan::clusterId).orElseGet(ids),
                answers.replicas(),
                answers.minInsync(),
                answers.dataDirectory(),
                last,
                answers.certificates() == null ? null : new HaTls(answers.certificates()),
                nodes);
    }
}
