package io.callisto.domain.agent.matching;

import io.callisto.domain.JobId;
import java.util.TreeSet;

/** A job's customers who wait and agents who could serve them. One thread. */
final class JobQueue {
    final JobId job;
    final TreeSet<WaitingCall> calls;
    final TreeSet<FreeAgent> agents;
    private JobTerms terms;
    private long owed;
    private int passedOver;
    private long overdueSince;

    JobQueue(JobId job, JobTerms terms, Runnable step) {
        this.job = job;
        this.terms = terms;
        calls = new TreeSet<>((a, b) -> {
            step.run();
            return WaitingCall.OLDEST_FIRST.compare(a, b);
        });
        agents = new TreeSet<>((a, b) -> {
            step.run();
            return FreeAgent.LONGEST_IDLE_FIRST.compare(a, b);
        });
    }

    JobTerms terms() {
        return terms;
    }

    void terms(JobTerms next) {
        terms = next;
    }

    /** How often in a row an agent who could have served this job was given to another. */
    int passedOver() {
        return passedOver;
    }

    void served() {
        passedOver = 0;
    }

    /** Passed over once more; whoever reaches the limit gets a number, and is served in the order of numbers. */
    void passed(int limit, long number) {
        passedOver++;
        if (passedOver == limit) {
            overdueSince = number;
        }
    }

    boolean overdue(int limit) {
        return passedOver >= limit;
    }

    long overdueSince() {
        return overdueSince;
    }

    /** The claim to the next agent: what the job is owed, and its share of this one. */
    long claim(boolean preferred) {
        return owed + share(preferred);
    }

    /** Its share of an agent that several jobs could have. */
    int share(boolean preferred) {
        return terms.weight() * (preferred ? 2 : 1);
    }

    void owes(long more) {
        owed += more;
    }
}
