package io.callisto.console.trust;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * An authority whose certificates are accepted.
 *
 * @param alias short name
 * @param fingerprint SHA-256
 * @param usedBy servers that show a certificate which it issued
 * @param warnings what an operator should know
 */
record TrustedCertificate(
        @Schema(example = "callisto-ca") String alias,

        @Schema(example = "CN=Callisto development CA 1f2e3d4c,O=callisto")
        String subject,

        String issuer,
        Instant notBefore,
        Instant notAfter,

        @Schema(example = "9F:86:D0:81:88:4C:7D:65:...:F0:0A:08")
        String fingerprint,

        @Schema(example = "EC 256") String key,
        Instant addedAt,
        @Schema(example = "root") String addedBy,
        List<String> usedBy,
        List<String> warnings) {}
