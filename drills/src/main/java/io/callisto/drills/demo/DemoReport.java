package io.callisto.drills.demo;

import io.callisto.drills.reconcile.ReconciliationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The end of the demo.
 *
 * @param report what the witnesses say
 * @param campaign what was measured on the way
 * @param memoryMegabytes resident memory of the cluster when it was ready
 * @param seconds in all
 */
record DemoReport(ReconciliationReport report, DemoCampaign campaign, int memoryMegabytes, double seconds) {

    void print(PrintWriter out) {
        out.println();
        out.println("Reconciliation (database, media gateway's own registry, plain read_committed Kafka consumer)");
        out.printf(
                Locale.ROOT,
                "  contacts       %,9d = %,d completed + %,d restricted + %,d failed%n",
                report.contacts(),
                report.completed(),
                report.restricted(),
                report.failed());
        out.printf(Locale.ROOT, "  attempts       %,9d in SQL%n", report.attempts());
        out.printf(Locale.ROOT, "  gateway calls  %,9d placed, by the gateway's registry%n", report.gatewayCalls());
        out.printf(
                Locale.ROOT,
                "  events         %,9d attempts completed in the log (%,d ATTEMPT and %d JOB records in all)%n",
                report.events(),
                report.attemptEvents(),
                report.jobEvents());
        out.printf(
                "  missing %d, duplicates %d, contradictions %d%n",
                report.missing(), report.duplicates(), report.wrong());
        report.problems().forEach(problem -> out.println("  ! " + problem));
        campaign.takeover()
                .ifPresent(takeover -> out.println(
                        "Lost " + takeover.server() + " on the way: every role was taken over, no contact was lost"
                                + (report.reconciled() ? " or called twice" : "?")));
        out.printf(
                Locale.ROOT,
                "%s in %.1f s (first dial after %.1f s)%n",
                report.reconciled() ? "RECONCILED" : "NOT RECONCILED",
                seconds,
                campaign.firstDialSeconds());
    }

    void write(Path json) throws IOException {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("reconciled", report.reconciled());
        result.put("contacts", report.contacts());
        result.put("completed", report.completed());
        result.put("restricted", report.restricted());
        result.put("failed", report.failed());
        result.put("attempts", report.attempts());
        result.put("gatewayCalls", report.gatewayCalls());
        result.put("events", report.events());
        result.put("attemptEvents", report.attemptEvents());
        result.put("jobEvents", report.jobEvents());
        result.put("duplicates", report.duplicates());
        result.put("missing", report.missing());
        result.put("contradictions", report.wrong());
        result.put("problems", report.problems());
        result.put("seconds", seconds);
        result.put("firstDialSeconds", campaign.firstDialSeconds());
        result.put("zones", campaign.zones());
        result.put("memoryMegabytes", memoryMegabytes);
        campaign.takeover().ifPresent(takeover -> {
            result.put("killedServer", takeover.server());
            Map<String, Object> roles = new LinkedHashMap<>(takeover.seconds());
            if (campaign.brokerSeconds() >= 0) {
                roles.put("message-broker", campaign.brokerSeconds());
            }
            result.put("failoverSeconds", roles);
        });
        Files.writeString(
                json, new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result));
    }
}
