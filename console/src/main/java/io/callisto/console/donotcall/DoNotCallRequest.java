package io.callisto.console.donotcall;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that must not be called.
 *
 * @param phoneNumbers in E.164 form
 * @param until the end of the ban; left out: for ever
 */
record DoNotCallRequest(
        @NotEmpty @Size(max = DoNotCallRequest.MOST) @Schema(example = "[\"+493012345678\"]")
        List<@NotNull String> phoneNumbers,

        @Nullable Instant until) {
    static final int MOST = 10_000;
}
