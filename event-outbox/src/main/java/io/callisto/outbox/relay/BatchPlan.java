package io.callisto.outbox.relay;

import io.callisto.event.contract.EventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of a batch: which rows are sent, which streams must wait for their topic, which rows are poison. A
 * stream waits as a whole, so its order is kept, and does not hold up the others.
 *
 * @param send in the order of the rows; a row that goes to two topics is there twice
 * @param held streams of existing organisations without a topic
 * @param poison rows that can never be sent
 */
record BatchPlan(List<LogRecord> send, Set<EventStream> held, List<PoisonRow> poison) {

    /** The streams of the rows with their topics; rows of an unknown type have none. */
    static Map<EventStream, List<String>> topics(List<OutboxRow> rows, TopicNames names) {
        Map<EventStream, List<String>> topics = new LinkedHashMap<>();
        for (OutboxRow row : rows) {
            type(row)
                    .ifPresent(type -> topics.computeIfAbsent(
                            new EventStream(type, row.organisationId()),
                            stream -> names.topics(type, row.organisationId())));
        }
        return topics;
    }

    /**
     * Decides.
     *
     * @param topics of the streams
     * @param missing streams of which a topic is missing
     * @param organisations those of the missing streams that exist
     */
    static BatchPlan of(
            List<OutboxRow> rows,
            Map<EventStream, List<String>> topics,
            Set<EventStream> missing,
            Set<Integer> organisations) {
        List<LogRecord> send = new ArrayList<>(rows.size());
        Set<EventStream> held = new LinkedHashSet<>();
        List<PoisonRow> poison = new ArrayList<>();
        for (OutboxRow row : rows) {
            Optional<EventType> type = type(row);
            if (type.isEmpty()) {
                poison.add(new PoisonRow(row.id(), PoisonRow.Reason.UNKNOWN_TYPE));
                continue;
            }
            EventStream stream = new EventStream(type.get(), row.organisationId());
            if (!missing.contains(stream)) {
                send.addAll(LogRecord.of(row, type.get(), topics.getOrDefault(stream, List.of())));
            } else if (organisations.contains(row.organisationId())) {
                held.add(stream);
            } else {
                poison.add(new PoisonRow(row.id(), PoisonRow.Reason.NO_ORGANISATION));
            }
        }
        return new BatchPlan(send, held, poison);
    }

    /** Rows that are sent, as the position lists them. */
    RowIds ids() {
        return RowIds.of(send.stream().mapToLong(LogRecord::rowId));
    }

    private static Optional<EventType> type(OutboxRow row) {
        return Stream.of(EventType.values())
                .filter(type -> type.name().equals(row.eventType()))
                .findFirst();
    }

    static Set<Integer> organisations(Set<EventStream> streams) {
        return streams.stream().map(EventStream::organisationId).collect(Collectors.toSet());
    }
}
