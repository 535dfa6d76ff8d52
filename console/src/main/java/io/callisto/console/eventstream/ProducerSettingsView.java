package io.callisto.console.eventstream;

import io.callisto.console.problem.FieldProblem;
import io.callisto.outbox.kafka.ProducerSettings;
import io.callisto.outbox.kafka.SettingProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings of the event producers, and what becomes of them.
 *
 * @param activeProfile the one in use
 * @param profiles Kafka's producer settings by the profile's name
 * @param effective what a producer gets, without address and security
 * @param overridden settings of the active profile that a producer does not get as written, and why
 * @param problems why the active profile cannot be used; while there are any, the settings before stay in force
 */
record ProducerSettingsView(
        @Schema(example = "safe-fast") String activeProfile,
        Map<String, Map<String, String>> profiles,
        Map<String, String> effective,
        List<Overridden> overridden,
        List<FieldProblem> problems) {

    /**
     * A setting that the producer does not get as it is written.
     *
     * @param used instead; empty: none
     */
    record Overridden(
            @Schema(example = "acks") String name,
            @Schema(example = "1") String value,
            @Schema(example = "all") String used,
            String reason) {}

    static ProducerSettingsView of(ProducerProfiles profiles) {
        String active = profiles.activeProfile();
        ProducerSettings settings =
                new ProducerSettings(active, profiles.profiles().getOrDefault(active, Map.of()));
        ProducerSettings.Preview preview = settings.preview();
        return new ProducerSettingsView(
                active,
                profiles.profiles(),
                preview.values(),
                preview.overridden().stream()
                        .map(one -> new Overridden(one.name(), one.value(), one.used(), one.reason()))
                        .toList(),
                problems(active, settings.problems()));
    }

    /** What is wrong with a request; the fields as it names them. */
    static List<FieldProblem> problems(ProducerProfiles request) {
        List<FieldProblem> problems = new ArrayList<>();
        if (!request.profiles().containsKey(request.activeProfile())) {
            problems.add(new FieldProblem(
                    "activeProfile", "must be one of " + request.profiles().keySet()));
        }
        request.profiles()
                .forEach((profile, values) ->
                        problems.addAll(problems(profile, new ProducerSettings(profile, values).problems())));
        return problems;
    }

    private static List<FieldProblem> problems(String profile, List<SettingProblem> problems) {
        return problems.stream()
                .map(problem -> new FieldProblem("profiles." + profile + "." + problem.name(), problem.reason()))
                .toList();
    }
}
