package io.callisto.drills.testbed;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hosts as network namespaces: one namespace is the switch, every host has an interface of its own that leads there,
 * and
 * so has this machine, whose programs thereby reach every host. Names begin with the run's, so that two runs do not
 * meet.
 */
final class HostNetwork {
    private static final List<List<String>> TOOLS =
            List.of(List.of("ip", "-V"), List.of("nsenter", "-V"), List.of("iptables", "-V"), List.of("nft", "-v"));

    private static final String NETWORK = "10.77.";
    private static final int FIRST_HOST = 10;
    private static final String SPLIT = "callisto_split";

    private final String run;
    private final int subnet;
    private final Map<String, String> addresses;

    private HostNetwork(String run, int subnet, Map<String, String> addresses) {
        this.run = run;
        this.subnet = subnet;
        this.addresses = addresses;
    }

    /** Why hosts cannot be made here; empty where a trial with two of them worked. */
    static Optional<String> obstacle() {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            return Optional.of("network namespaces need Linux");
        }
        if (!Commands.attempt("id", "-u").output().equals("0")) {
            return Optional.of("network namespaces need root");
        }
        for (List<String> asked : TOOLS) {
            if (!Commands.attempt(asked.toArray(String[]::new)).ok()) {
                return Optional.of("there is no '" + asked.get(0)
                        + "' (Debian packages iproute2, util-linux, iptables, nftables)");
            }
        }
        String run = "callisto-drill-" + ProcessHandle.current().pid() + "-0-trial";
        try {
            HostNetwork trial = create(run, List.of("a", "b"));
            try {
                trial.split(Set.of("a"), Set.of("b"));
                trial.cutOneWay("a", "b");
                trial.healAll();
                return trial.reachable("a")
                        ? Optional.empty()
                        : Optional.of("a host made for a trial could not be reached from this machine");
            } finally {
                trial.remove();
            }
        } catch (TargetFailure e) {
            return Optional.of("a trial failed: " + e.getMessage());
        }
    }

    /** Makes the hosts; where that fails half-way, what was made is removed again. */
    static HostNetwork create(String run, List<String> hosts) {
        try {
            Commands.run("ip", "netns", "add", run + "-switch");
            int subnet = claimSubnet(run);
            Map<String, String> addresses = new LinkedHashMap<>();
            hosts.forEach(host -> addresses.put(host, NETWORK + subnet + "." + (FIRST_HOST + addresses.size())));
            HostNetwork network = new HostNetwork(run, subnet, addresses);
            network.build();
            return network;
        } catch (TargetFailure e) {
            removeNamespaces(name -> name.startsWith(run + "-"));
            throw e;
        }
    }

    /** The name of this machine's end of the cable is the claim: the kernel lets only one have it. */
    private static int claimSubnet(String run) {
        String taken = Commands.run("ip", "-4", "-o", "addr") + "\n" + Commands.run("ip", "-4", "route");
        for (int subnet = 0; subnet < 256; subnet++) {
            if (taken.contains(NETWORK + subnet + ".")) {
                continue;
            }
            String link = "cdrill" + subnet;
            Commands.Outcome made = Commands.attempt(
                    "ip", "link", "add", link, "type", "veth", "peer", "name", "p-root", "netns", run + "-switch");
            if (made.ok()) {
                return subnet;
            }
            if (!made.output().contains("File exists")) {
                throw new TargetFailure("cannot make a link into the switch: " + made.output(), null);
            }
        }
        throw new TargetFailure("no free network " + NETWORK + "x.0/24; remove left-overs: ip netns list", null);
    }

    private void build() {
        List<String> outside = new ArrayList<>();
        addresses.keySet().forEach(host -> outside.add("netns add " + namespace(host)));
        addresses
                .keySet()
                .forEach(host -> outside.add("link add " + port(host) + " netns " + namespace("switch")
                        + " type veth peer name eth0 netns " + namespace(host)));
        outside.add("addr add " + address() + "/24 dev cdrill" + subnet);
        outside.add("link set cdrill" + subnet + " up");
        Commands.input(String.join("\n", outside) + "\n", "ip", "-batch", "-");
        List<String> inSwitch = new ArrayList<>(List.of("link set lo up", "link add br0 type bridge"));
        List<String> ports = new ArrayList<>(List.of("p-root"));
        addresses.keySet().forEach(host -> ports.add(port(host)));
        ports.forEach(port -> inSwitch.add("link set " + port + " master br0 up"));
        inSwitch.add("link set br0 up");
        Commands.input(String.join("\n", inSwitch) + "\n", "ip", "-n", namespace("switch"), "-batch", "-");
        addresses.forEach((host, address) -> Commands.input(
                "link set lo up\naddr add " + address + "/24 dev eth0\nlink set eth0 up\n",
                "ip",
                "-n",
                namespace(host),
                "-batch",
                "-"));
    }

    /** This machine's own address on the hosts' network. */
    String address() {
        return NETWORK + subnet + ".1";
    }

    String address(String host) {
        String address = addresses.get(host);
        if (address == null) {
            throw new TargetFailure(
                    "there is no host '" + host + "'; there are " + String.join(", ", addresses.keySet()), null);
        }
        return address;
    }

    private String namespace(String host) {
        return run + "-" + host;
    }

    private static String port(String host) {
        return "p-" + host;
    }

    /** Command that goes to a host's network and becomes the command that follows it. */
    List<String> enter(String host) {
        return List.of("nsenter", "--net=/var/run/netns/" + namespace(host));
    }

    /** Processes in a host's network. */
    List<Long> pids(String host) {
        return pidsIn(namespace(host));
    }

    private static List<Long> pidsIn(String namespace) {
        return Commands.run("ip", "netns", "pids", namespace)
                .lines()
                .map(Long::parseLong)
                .toList();
    }

    private boolean reachable(String host) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address(host), 9), 2_000);
            return true;
        } catch (ConnectException e) {
            return "Connection refused".equals(e.getMessage());
        } catch (IOException e) {
            return false;
        }
    }

    void cut(String host) {
        address(host);
        Commands.run("ip", "-n", namespace("switch"), "link", "set", port(host), "down");
    }

    void heal(String host) {
        address(host);
        Commands.run("ip", "-n", namespace("switch"), "link", "set", port(host), "up");
    }

    void cutOneWay(String from, String to) {
        in(to, "", "iptables", "-w", "5", "-A", "INPUT", "-s", address(from), "-j", "DROP");
    }

    /** Takes the place of an earlier split. */
    void split(Set<String> one, Set<String> other) {
        String left = ports(one);
        String right = ports(other);
        in("switch", """
                add table bridge %1$s
                delete table bridge %1$s
                table bridge %1$s {
                  chain forward {
                    type filter hook forward priority 0; policy accept;
                    iifname { %2$s } oifname { %3$s } drop
                    iifname { %3$s } oifname { %2$s } drop
                  }
                }
                """.formatted(SPLIT, left, right), "nft", "-f", "-");
    }

    private String ports(Set<String> hosts) {
        hosts.forEach(this::address);
        return hosts.stream().sorted().map(host -> "\"" + port(host) + "\"").collect(Collectors.joining(", "));
    }

    /** Undoes cuts of links, cuts of one direction, and splits. */
    void healAll() {
        in("switch", "add table bridge " + SPLIT + "\ndelete table bridge " + SPLIT + "\n", "nft", "-f", "-");
        String up = addresses.keySet().stream()
                .map(host -> "link set " + port(host) + " up\n")
                .collect(Collectors.joining());
        Commands.input(up, "ip", "-n", namespace("switch"), "-batch", "-");
        addresses.keySet().forEach(host -> in(host, "", "iptables", "-w", "5", "-F", "INPUT"));
    }

    private void in(String host, String text, String... command) {
        List<String> line = new ArrayList<>(enter(host));
        line.addAll(List.of(command));
        Commands.input(text, line.toArray(String[]::new));
    }

    /** Ends what still runs on the hosts, and removes them. */
    void remove() {
        removeNamespaces(name -> name.startsWith(run + "-"));
    }

    /** Of runs whose JVM is gone. */
    static void removeLeftOvers() {
        removeNamespaces(DrillDirectory::abandoned);
    }

    /** {@code ip netns list} says {@code name (id: 3)}. */
    private static String firstWord(String line) {
        int space = line.indexOf(' ');
        return space < 0 ? line : line.substring(0, space);
    }

    private static void removeNamespaces(java.util.function.Predicate<String> which) {
        List<String> names = Commands.run("ip", "netns", "list")
                .lines()
                .map(HostNetwork::firstWord)
                .filter(which)
                .toList();
        names.forEach(name -> Commands.kill(pidsIn(name)));
        names.forEach(name -> Commands.run("ip", "netns", "del", name));
    }
}
