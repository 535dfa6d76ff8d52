package io.callisto.outbox.kafka;

/**
 * Why a producer setting cannot be taken.
 *
 * @param name of the setting
 * @param reason what is wrong, for the administrator; never the value
 */
public record SettingProblem(String name, String reason) {}
