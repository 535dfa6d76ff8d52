package io.callisto.ha;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What this JVM says about itself: its services and where they listen. Thread-safe. */
final class Announcement {
    private final Map<String, Map<String, String>> endpointsOfServices = new TreeMap<>();
    private final Map<String, String> ownEndpoints = new TreeMap<>();
    private boolean changed;

    /** All of it. */
    record Content(List<String> services, Map<String, String> endpoints) {}

    synchronized boolean add(String service) {
        boolean added = endpointsOfServices.putIfAbsent(service, Map.of()) == null;
        changed |= added;
        return added;
    }

    synchronized void publish(String service, Map<String, String> endpoints) {
        Map<String, String> all = new HashMap<>(endpointsOfServices.getOrDefault(service, Map.of()));
        all.putAll(endpoints);
        endpointsOfServices.put(service, Map.copyOf(all));
        changed = true;
    }

    /** Where the node itself listens. */
    synchronized void publishOwn(String name, String address) {
        ownEndpoints.put(name, address);
        changed = true;
    }

    /** Names of the services. */
    synchronized List<String> services() {
        return List.copyOf(endpointsOfServices.keySet());
    }

    synchronized void remove(String service) {
        changed |= endpointsOfServices.remove(service) != null;
    }

    /** It has to be written (again). */
    synchronized void changed() {
        changed = true;
    }

    synchronized boolean isChanged() {
        return changed;
    }

    /** What to write, if it has changed since the last call. */
    synchronized Optional<Content> takeChange() {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        Map<String, String> endpoints = new TreeMap<>(ownEndpoints);
        endpointsOfServices.values().forEach(endpoints::putAll);
        return Optional.of(new Content(List.copyOf(endpointsOfServices.keySet()), endpoints));
    }
}
