package io.callisto.drills.drill;

import io.callisto.drills.api.CallistoApi;
import io.callisto.drills.history.JdbcHistoryStore;
import io.callisto.drills.history.Owner;
import io.callisto.drills.reconcile.JdbcTruthStore;
import io.callisto.drills.testbed.DrillTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A running cluster as faults and checkers see it. Used by one thread. */
final class Stage {
    private final DrillTarget target;
    private final JdbcHistoryStore history;
    private final JdbcTruthStore truth;
    private final RandomGenerator random;
    private final Map<String, CallistoApi> apis = new LinkedHashMap<>();
    private Set<String> down = Set.of();
    private int run;

    Stage(
            DrillTarget target,
            JdbcHistoryStore history,
            JdbcTruthStore truth,
            RandomGenerator random,
            String user,
            String password) {
        this.target = target;
        this.history = history;
        this.truth = truth;
        this.random = random;
        target.servers()
                .forEach(server -> apis.put(
                        server, new CallistoApi(String.valueOf(target.restUrls().get(server)), user, password)));
    }

    DrillTarget target() {
        return target;
    }

    JdbcHistoryStore history() {
        return history;
    }

    JdbcTruthStore truth() {
        return truth;
    }

    RandomGenerator random() {
        return random;
    }

    /** Number of the present run, from 1. */
    int run() {
        return run;
    }

    void beginRun(int number) {
        run = number;
    }

    /** Servers that a fault keeps from answering. */
    void down(Set<String> servers) {
        down = Set.copyOf(servers);
    }

    /** The REST API of a server that answers. */
    CallistoApi api() {
        return apis.entrySet().stream()
                .filter(entry -> !down.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new NotPossible("no server is left to ask"));
    }

    /** The REST API of each server. */
    Map<String, CallistoApi> apis() {
        return Map.copyOf(apis);
    }

    List<String> servers() {
        return target.servers();
    }

    /** The scopes that are held, by name. */
    Map<String, Owner> owners() {
        Map<String, Owner> owners = new LinkedHashMap<>();
        history.owners().stream().filter(Owner::held).forEach(owner -> owners.put(owner.scope(), owner));
        return owners;
    }

    /** The owner of a scope that somebody must hold. */
    Owner ownerOf(String scope) {
        Owner owner = owners().get(scope);
        if (owner == null) {
            throw new NotPossible("nobody holds " + scope + " in this cluster");
        }
        return owner;
    }

    /** The server that holds a scope. */
    String serverOf(String scope) {
        return String.valueOf(ownerOf(scope).server());
    }

    /** The owner of the newest job that is dialed. */
    Owner dialer() {
        return owners().values().stream()
                .filter(owner -> owner.scope().startsWith("job/"))
                .max(java.util.Comparator.comparingLong(owner -> jobOf(owner.scope())))
                .orElseThrow(() -> new NotPossible("no job is being dialed"));
    }

    /** One of the servers, by lot. */
    String anyServer() {
        return servers().get(random.nextInt(servers().size()));
    }

    static long jobOf(String scope) {
        return Long.parseLong(scope.split("/", -1)[1]);
    }
}
