package io.callisto.ha;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Versions of the database's schema. */
final class SchemaVersion {
    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*\\.sql");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private SchemaVersion() {}

    /** The version that this program was built for; "0" where it has no migrations. */
    static String ofProgram() {
        int highest = 0;
        try {
            PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
            for (Resource file : resources.getResources("classpath*:db/migration/V*.sql")) {
                String name = file.getFilename();
                Matcher migration = MIGRATION.matcher(name == null ? "" : name);
                if (migration.matches()) {
                    highest = Math.max(highest, Integer.parseInt(migration.group(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Integer.toString(highest);
    }

    /** Whether the database was migrated by a newer program: this one must not write to it. */
    static boolean newer(@Nullable String ofDatabase, String ofProgram) {
        return ofDatabase != null
                && NUMBER.matcher(ofDatabase).matches()
                && NUMBER.matcher(ofProgram).matches()
                && Integer.parseInt(ofProgram) > 0
                && Integer.parseInt(ofDatabase) > Integer.parseInt(ofProgram);
    }
}
