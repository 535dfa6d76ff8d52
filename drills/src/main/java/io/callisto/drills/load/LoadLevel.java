package io.callisto.drills.load;

/**
 * How hard a campaign dials while faults are done.
 *
 * @param callsPerSecond in each zone
 */
public record LoadLevel(double callsPerSecond) {
    private static final double LOW = 12;
    private static final double NORMAL = 25;
    private static final double HIGH = 100;
    private static final double MOST = 1_000;
    /** How long the first calls of one job last: longer than any takeover, short enough for a suite. */
    private static final int SECONDS = 12;

    public LoadLevel {
        if (!(callsPerSecond >= 1 && callsPerSecond <= MOST)) {
            throw new IllegalArgumentException(
                    "load must be low, normal, high or 1 to 1000 calls per second: " + callsPerSecond);
        }
    }

    /** {@code low}, {@code normal}, {@code high} or calls per second. */
    public static LoadLevel parse(String text) {
        return switch (text) {
            case "low" -> new LoadLevel(LOW);
            case "normal" -> new LoadLevel(NORMAL);
            case "high" -> new LoadLevel(HIGH);
            default -> {
                try {
                    yield new LoadLevel(Double.parseDouble(text));
                } catch (NumberFormatException unknown) {
                    throw new IllegalArgumentException(
                            "load must be low, normal, high or calls per second, not '" + text + "'", unknown);
                }
            }
        };
    }

    /** Contacts of one job in each zone. */
    int contactsPerZone() {
        return (int) Math.ceil(callsPerSecond * SECONDS);
    }
}
