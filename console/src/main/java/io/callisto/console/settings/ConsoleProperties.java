package io.callisto.console.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the console.
 *
 * @param maxImportBytes largest file of a contact import
 * @param maxBodyBytes largest body of any other request
 * @param spoolDir where uploads wait until they are complete; default: the JVM's temporary directory
 * @param passwordMemory how long a verified password is remembered (as a keyed hash), so that not every request costs
 *     a bcrypt
 * @param nodeSilentAfter a node whose last heartbeat is older is shown as UNREACHABLE; default: as long as a lease
 *     lives
 * @param idempotencyRetention how long answers are kept for their idempotency key
 * @param initialAdmin name of the administrator that is made where there is no user at all
 * @param initialAdminPassword its password; none: nobody is made
 */
@Validated
@ConfigurationProperties("callisto.console")
public record ConsoleProperties(
        @DefaultValue("52428800") @Min(1) @Max(2_000_000_000)
        long maxImportBytes,

        @DefaultValue("1048576") @Min(1024) @Max(100_000_000)
        long maxBodyBytes,

        @Nullable String spoolDir,
        @DefaultValue("5m") Duration passwordMemory,
        @Nullable Duration nodeSilentAfter,
        @DefaultValue("24h") Duration idempotencyRetention,
        @DefaultValue("admin") String initialAdmin,
        @Nullable String initialAdminPassword) {

    /** Never the password. */
    @Override
    public String toString() {
        return "ConsoleProperties[maxImportBytes=" + maxImportBytes + ", maxBodyBytes=" + maxBodyBytes + "]";
    }
}
