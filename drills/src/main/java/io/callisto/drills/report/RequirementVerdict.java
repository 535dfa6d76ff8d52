package io.callisto.drills.report;

/** PASS or FAIL of one requirement in one drill, with what was measured. */
public record RequirementVerdict(String id, boolean pass, String measured) {}
