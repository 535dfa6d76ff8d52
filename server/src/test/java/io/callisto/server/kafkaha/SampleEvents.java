package io.callisto.server.kafkaha;

import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Events as long as real ones, with a value in every field, whatever fields the contract has. */
final class SampleEvents {
    private static final Instant START = Instant.parse("2026-11-22T10:15:30Z");

    private final Random random = new Random(42);
    private int number;

    CallistoEvent next(EventType type) {
        number++;
        return (CallistoEvent) make(type.record());
    }

    private Object make(Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Stream.of(components).map(this::value).toArray();
        try {
            var constructor = record.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("cannot make a " + record.getSimpleName(), e);
        }
    }

    private Object value(RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isRecord()) {
            return make(type);
        }
        if (type == UUID.class) {
            return new UUID(0x019aa7f0_0000_7000L + number / 5, random.nextLong());
        }
        if (type == Instant.class) {
            return START.plusNanos(number * 7_000_000L + random.nextInt(1_000_000) * 1_000L);
        }
        if (type == int.class || type == Integer.class) {
            return 1 + random.nextInt(20);
        }
        if (type == long.class || type == Long.class) {
            return component.getName().equals("epoch")
                    ? (1L << 40) | 8
                    : (Object) (1_000_000L + random.nextInt(90_000));
        }
        if (type == double.class || type == Double.class) {
            return random.nextInt(1_000) / 10.0;
        }
        if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        }
        if (Map.class.isAssignableFrom(type)) {
            return Map.of("Sale", 1 + random.nextInt(9), "No_Interest", 1 + random.nextInt(9));
        }
        if (List.class.isAssignableFrom(type)) {
            return List.of();
        }
        return text(component.getName());
    }

    private String text(String name) {
        List<String> known = switch (name) {
            case "address" -> List.of("+4930" + (1_000_000 + random.nextInt(8_999_999)));
            case "userContactId" -> List.of("C-" + random.nextInt(100_000));
            case "agentId" -> List.of("agent" + (1_000 + random.nextInt(1_000)));
            case "campaignName" -> List.of("Spring offer");
            case "addressAttribute" -> List.of("phoneNumber1");
            case "channel" -> List.of("VOICE");
            case "gatewayId" -> List.of("g1", "g2");
            case "phase" -> List.of("RESERVED", "PLACED", "RINGING", "ANSWERED", "COMPLETED");
            case "completionCode", "systemCode" -> List.of("Answer_Human", "Ring_No_Answer", "Call_Busy");
            default -> List.of("RUNNING", "READY", "TALKING", "WRAP_UP");
        };
        return known.get(random.nextInt(known.size()));
    }
}
