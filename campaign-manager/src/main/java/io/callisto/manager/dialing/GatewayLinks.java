package io.callisto.manager.dialing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scope at all gateways. */
final class GatewayLinks {
    /**
     * A place for a call.
     *
     * @param ticket the gateway's clock, read before the reservation
     */
    record Slot(GatewayLink link, long incarnation, long ticket) {}

    private final List<GatewayLink> links;
    private int next;

    GatewayLinks(List<GatewayLink> links) {
        this.links = List.copyOf(links);
    }

    void tick(long now) {
        links.forEach(link -> link.tick(now));
    }

    @Nullable
    GatewayLink find(String gatewayId) {
        for (GatewayLink link : links) {
            if (link.id().equals(gatewayId)) {
                return link;
            }
        }
        return null;
    }

    /** Places for up to {@code most} calls, spread evenly over the gateways that have room. */
    List<Slot> slots(int most, long now) {
        List<GatewayLink> open = new ArrayList<>(links.size());
        List<Integer> room = new ArrayList<>(links.size());
        for (GatewayLink link : links) {
            int free = link.room(now);
            if (free > 0) {
                open.add(link);
                room.add(free);
            }
        }
        List<Slot> slots = new ArrayList<>();
        while (slots.size() < most && !open.isEmpty()) {
            int at = Math.floorMod(next++, open.size());
            GatewayLink link = open.get(at);
            slots.add(new Slot(link, link.incarnation(), link.ticket()));
            if (room.get(at) == 1) {
                open.remove(at);
                room.remove(at);
            } else {
                room.set(at, room.get(at) - 1);
            }
        }
        return slots;
    }

    void close() {
        links.forEach(GatewayLink::close);
    }
}
