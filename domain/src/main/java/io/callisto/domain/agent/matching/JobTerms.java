package io.callisto.domain.agent.matching;

import io.callisto.domain.agent.Skill;
import java.util.Set;

/**
 * What a job asks of the pool.
 *
 * @param skills an agent needs at least one of them; empty: any agent will do
 * @param weight its share where agents are scarce, from its priority and need; 1 to {@link #MAX_WEIGHT}
 * @param queueLimit how many customers may wait; 0: none
 */
public record JobTerms(Set<Skill> skills, int weight, int queueLimit) {
    /** The largest share. */
    public static final int MAX_WEIGHT = 100;

    public JobTerms {
        skills = Set.copyOf(skills);
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("a weight is 1 to " + MAX_WEIGHT + ", not " + weight);
        }
        if (queueLimit < 0) {
            throw new IllegalArgumentException("the limit of a queue must not be negative: " + queueLimit);
        }
    }

    boolean suits(Set<Skill> has) {
        return skills.isEmpty() || skills.stream().anyMatch(has::contains);
    }
}
