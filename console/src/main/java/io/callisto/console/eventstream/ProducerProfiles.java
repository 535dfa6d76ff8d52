package io.callisto.console.eventstream;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * The settings of the event producers, by profile.
 *
 * @param activeProfile the one in use, one of {@code profiles}
 * @param profiles Kafka's producer settings by the profile's name; whole: a profile that is left out is deleted
 */
record ProducerProfiles(
        @NotNull @Schema(example = "safe-fast") String activeProfile,

        @NotEmpty @Size(max = 50) @Schema(example = "{\"safe-fast\":{\"acks\":\"all\",\"linger.ms\":\"5\"}}")
        Map<
                        @NotNull @Pattern(regexp = "[a-z][a-z0-9-]{0,39}", message = "must be a name such as safe-fast")
                        String,
                        @NotNull @Size(max = 100) Map<@NotNull String, @NotNull @Size(max = 200) String>>
                profiles) {}
