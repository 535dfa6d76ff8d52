package io.callisto.drills.reconcile;

import io.callisto.domain.CompletionCode;
import io.callisto.drills.reconcile.Evidence.Attempt;
import io.callisto.drills.reconcile.Evidence.AttemptRecord;
import io.callisto.drills.reconcile.Evidence.Call;
import io.callisto.drills.reconcile.Evidence.JobRecord;
import io.callisto.drills.reconcile.Evidence.Published;
import io.callisto.drills.reconcile.Evidence.ResultRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Decides whether the witnesses agree. Pure. */
public final class Reconciliation {
    private static final int PROBLEMS_NAMED = 20;
    /** Outcomes of attempts that were reserved but never placed. */
    private static final Set<String> NEVER_PLACED =
            Set.of(CompletionCode.NOT_PLACED.text(), CompletionCode.NO_RESOURCE.text());

    private final Evidence evidence;
    private final List<String> problems = new ArrayList<>();
    private long missing;
    private long duplicates;
    private long wrong;

    private Reconciliation(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Compares every id. */
    public static ReconciliationReport of(Evidence evidence) {
        return new Reconciliation(evidence).report();
    }

    private ReconciliationReport report() {
        checkContacts();
        checkAttempts();
        long placed = checkCalls();
        long completions = checkAttemptEvents();
        checkJobEvents();
        checkPublished();
        evidence.counting().forEach(this::wrong);
        evidence.contract().forEach(this::wrong);
        if (evidence.outboxRows() > 0) {
            missing(evidence.outboxRows() + " events still wait in the outbox");
        }
        Evidence.Contacts contacts = evidence.contacts();
        return new ReconciliationReport(
                missing == 0 && duplicates == 0 && wrong == 0,
                contacts.total(),
                contacts.completed(),
                contacts.restricted(),
                contacts.failed(),
                evidence.attempts().size(),
                placed,
                completions,
                evidence.attemptEvents().size(),
                evidence.jobEvents().size(),
                duplicates,
                missing,
                wrong,
                problems);
    }

    private void checkContacts() {
        Evidence.Contacts contacts = evidence.contacts();
        if (contacts.total() != evidence.imported()) {
            wrong("the import reported " + evidence.imported() + " contacts, the job has " + contacts.total());
        }
        if (contacts.open() > 0) {
            missing(contacts.open() + " contacts have no final state");
        }
        if (contacts.completed() + contacts.restricted() + contacts.failed() + contacts.open() != contacts.total()) {
            wrong("contacts are not completed + restricted + failed + open");
        }
    }

    private void checkAttempts() {
        Map<Long, Set<Integer>> numbers = new HashMap<>();
        for (Attempt attempt : evidence.attempts()) {
            if (attempt.code() == null) {
                missing("attempt " + attempt.id() + " has no completion code");
            }
            if (!numbers.computeIfAbsent(attempt.contactId(), id -> new HashSet<>())
                    .add(attempt.attemptNo())) {
                duplicate("contact " + attempt.contactId() + " has attempt number " + attempt.attemptNo() + " twice");
            }
        }
        numbers.forEach((contact, used) -> {
            for (int number = 1; number <= used.size(); number++) {
                if (!used.contains(number)) {
                    missing("contact " + contact + " has " + used.size() + " attempts but none numbered " + number);
                }
            }
        });
    }

    /** Returns how many calls the gateways placed. */
    private long checkCalls() {
        Map<UUID, Attempt> attempts = new HashMap<>();
        evidence.attempts().forEach(attempt -> attempts.put(attempt.id(), attempt));
        Set<UUID> placed = new HashSet<>();
        long calls = 0;
        for (Call call : evidence.calls()) {
            if (call.refused()) {
                continue;
            }
            calls++;
            if (!placed.add(call.attemptId())) {
                duplicate("attempt " + call.attemptId() + " was placed twice");
            }
            Attempt attempt = attempts.get(call.attemptId());
            if (attempt == null) {
                missing("gateway " + call.gateway() + " placed " + call.attemptId() + ", unknown to the database");
            } else if (attempt.code() != null && NEVER_PLACED.contains(attempt.code())) {
                wrong("attempt " + attempt.id() + " was placed, but the database says " + attempt.code());
            }
        }
        for (Attempt attempt : evidence.attempts()) {
            boolean never = attempt.code() != null && NEVER_PLACED.contains(attempt.code());
            if (!never && !placed.contains(attempt.id())) {
                missing("attempt " + attempt.id() + " (" + attempt.code() + ") was never placed by a gateway");
            }
        }
        return calls;
    }

    /** Returns how many attempts have their completion event. */
    private long checkAttemptEvents() {
        Map<UUID, Integer> lastSeq = new HashMap<>();
        Map<UUID, String> codes = new HashMap<>();
        Set<String> ids = new HashSet<>();
        long completions = 0;
        for (AttemptRecord record : evidence.attemptEvents()) {
            if (!ids.add(record.eventId())) {
                duplicate("ATTEMPT event " + record.eventId() + " is in the log twice");
                continue;
            }
            int last = lastSeq.getOrDefault(record.attemptId(), 0);
            if (record.seq() <= last) {
                duplicate("attempt " + record.attemptId() + ": event " + record.seq() + " after event " + last);
            } else if (record.seq() > last + 1) {
                missing("attempt " + record.attemptId() + ": no event between " + last + " and " + record.seq());
            }
            lastSeq.merge(record.attemptId(), record.seq(), Math::max);
            if (record.phase().equals("COMPLETED")) {
                completions++;
                codes.put(record.attemptId(), String.valueOf(record.code()));
            }
        }
        Set<UUID> known = new HashSet<>();
        for (Attempt attempt : evidence.attempts()) {
            known.add(attempt.id());
            checkEventsOf(attempt, lastSeq.getOrDefault(attempt.id(), 0), codes);
        }
        lastSeq.keySet().stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> missing("events of attempt " + id + ", which the database does not have"));
        return completions;
    }

    private void checkEventsOf(Attempt attempt, int lastSeq, Map<UUID, String> codes) {
        if (lastSeq < attempt.version()) {
            missing("attempt " + attempt.id() + " has " + attempt.version() + " events, the log ends at " + lastSeq);
        } else if (lastSeq > attempt.version()) {
            wrong("attempt " + attempt.id() + " has " + attempt.version() + " events, the log goes to " + lastSeq);
        }
        String told = codes.get(attempt.id());
        if (attempt.code() != null && told != null && !told.equals(attempt.code())) {
            wrong("attempt " + attempt.id() + " ended " + attempt.code() + ", its event says " + told);
        } else if (attempt.code() != null && told == null) {
            missing("attempt " + attempt.id() + " has no COMPLETED event");
        }
    }

    private void checkJobEvents() {
        int last = 0;
        for (JobRecord record : evidence.jobEvents()) {
            if (record.seq() <= last) {
                duplicate("JOB event " + record.seq() + " after event " + last);
            } else if (record.seq() > last + 1) {
                missing("no JOB event between " + last + " and " + record.seq());
            }
            last = Math.max(last, record.seq());
        }
        if (evidence.jobEvents().isEmpty()) {
            missing("the job has no event");
        }
    }

    private void checkPublished() {
        Published published = evidence.published();
        if (published == null) {
            return;
        }
        int last = evidence.jobEvents().stream().mapToInt(JobRecord::seq).max().orElse(0);
        if (last < published.jobSeq()) {
            missing("the job has " + published.jobSeq() + " events, the log ends at " + last);
        } else if (last > published.jobSeq()) {
            wrong("the job has " + published.jobSeq() + " events, the log goes to " + last);
        }
        Map<UUID, ResultRecord> current = currentResults(published.results());
        for (Attempt attempt : evidence.attempts()) {
            ResultRecord result = current.remove(attempt.id());
            if (result == null && attempt.code() != null) {
                missing("attempt " + attempt.id() + " has no result");
            } else if (result != null && attempt.code() == null) {
                wrong("attempt " + attempt.id() + " is not over, and has a result");
            } else if (result != null && !result.code().equals(attempt.code())) {
                wrong("attempt " + attempt.id() + " ended " + attempt.code() + ", its result says " + result.code());
            } else if (result != null && result.contactId() != attempt.contactId()) {
                wrong("attempt " + attempt.id() + " has a result of another contact");
            }
        }
        current.keySet().forEach(id -> missing("a result of attempt " + id + ", which the database does not have"));
    }

    /** The result with the highest sequence of each attempt; every one before it must be there, once and in order. */
    private Map<UUID, ResultRecord> currentResults(List<ResultRecord> results) {
        Map<UUID, ResultRecord> current = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (ResultRecord result : results) {
            if (!ids.add(result.eventId())) {
                duplicate("result " + result.eventId() + " is in the log twice");
                continue;
            }
            ResultRecord before = current.get(result.attemptId());
            int last = before == null ? 0 : before.seq();
            if (result.seq() <= last) {
                duplicate("attempt " + result.attemptId() + ": result " + result.seq() + " after result " + last);
                continue;
            } else if (result.seq() > last + 1) {
                missing("attempt " + result.attemptId() + ": no result between " + last + " and " + result.seq());
            }
            current.put(result.attemptId(), result);
        }
        return current;
    }

    private void missing(String what) {
        missing++;
        name(what);
    }

    private void duplicate(String what) {
        duplicates++;
        name(what);
    }

    private void wrong(String what) {
        wrong++;
        name(what);
    }

    private void name(String what) {
        if (problems.size() < PROBLEMS_NAMED) {
            problems.add(what);
        }
    }
}
