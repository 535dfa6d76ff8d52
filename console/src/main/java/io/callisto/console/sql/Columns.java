package io.callisto.console.sql;

import io.callisto.domain.InvariantBroken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads columns that JDBC has no method of its own for. */
public final class Columns {
    private Columns() {}

    /** A {@code not null} column. */
    public static String text(ResultSet row, String column) throws SQLException {
        String value = row.getString(column);
        if (value == null) {
            throw new InvariantBroken("INV-SCHEMA", "column " + column + " is null");
        }
        return value;
    }

    /** A {@code timestamptz not null}. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        Instant value = instantOrNull(row, column);
        if (value == null) {
            throw new InvariantBroken("INV-SCHEMA", "column " + column + " is null");
        }
        return value;
    }

    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public static @Nullable Integer integerOrNull(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
