package io.callisto.domain.agent;

/**
 * What an agent can do and a job may ask for.
 *
 * @param name as administered, such as {@code Language.German}; case matters
 */
public record Skill(String name) implements Comparable<Skill> {
    private static final int LONGEST = 80;

    public Skill {
        if (name.isBlank() || name.length() > LONGEST) {
            throw new IllegalArgumentException("a skill's name has 1 to " + LONGEST + " characters");
        }
    }

    @Override
    public int compareTo(Skill other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
