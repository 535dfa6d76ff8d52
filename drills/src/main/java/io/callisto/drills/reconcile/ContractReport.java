package io.callisto.drills.reconcile;

import io.callisto.drills.reconcile.Evidence.Contacts;
import io.callisto.event.contract.JobStatisticsEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the whole log of an organisation is like, held against the event contract.
 *
 * @param records how many were looked at, of all six topics
 * @param problems what breaks the contract, the first of them in words
 * @param lastStatistics by job, the newest JOBSTATISTICS event
 */
public record ContractReport(long records, List<String> problems, Map<Long, JobStatisticsEvent> lastStatistics) {
    public ContractReport {
        problems = List.copyOf(problems);
        lastStatistics = Map.copyOf(lastStatistics);
    }

    /**
     * Where the last word about a job that has ended is not what the database says.
     *
     * @param attempts of the job, all of them over
     */
    public List<String> statisticsProblems(long job, Contacts contacts, long attempts) {
        JobStatisticsEvent last = lastStatistics.get(job);
        if (last == null) {
            return List.of("no JOBSTATISTICS event tells of job " + job);
        }
        List<String> problems = new ArrayList<>();
        expect("state is final", 1, finished(last.state()) ? 1 : 0, problems);
        expect("contacts", contacts.total(), last.contacts().total(), problems);
        expect("contacts completed", contacts.completed(), last.contacts().completed(), problems);
        expect("contacts restricted", contacts.restricted(), last.contacts().restricted(), problems);
        expect("contacts failed", contacts.failed(), last.contacts().failed(), problems);
        expect(
                "contacts open",
                contacts.open(),
                last.contacts().waiting() + last.contacts().inAttempt(),
                problems);
        expect("attempts", attempts, last.attempts().made(), problems);
        return problems;
    }

    private static boolean finished(String state) {
        return state.equals("COMPLETED") || state.equals("STOPPED") || state.equals("FAILED");
    }

    private static void expect(String what, long database, long told, List<String> problems) {
        if (database != told) {
            problems.add("the last JOBSTATISTICS event says " + what + " = " + told + ", the database " + database);
        }
    }
}
