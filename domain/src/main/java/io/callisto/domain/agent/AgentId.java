package io.callisto.domain.agent;

/**
 * An agent's login name, unique within the system.
 *
 * @param value 1 to 40 characters
 */
public record AgentId(String value) implements Comparable<AgentId> {
    private static final int LONGEST = 40;

    public AgentId {
        if (value.isBlank() || value.length() > LONGEST) {
            throw new IllegalArgumentException("an agent's id has 1 to " + LONGEST + " characters");
        }
    }

    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
