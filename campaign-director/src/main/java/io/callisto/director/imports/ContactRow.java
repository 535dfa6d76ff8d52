package io.callisto.director.imports;

import org.jspecify.annotations.Nullable;

/**
 * A row that can go in.
 *
 * @param line where it begins in the file
 * @param userContactId unique in its list
 * @param phone1 number to call first
 * @param phone2 another number
 * @param attributes JSON object
 */
record ContactRow(
        long line,
        String userContactId,
        @Nullable String title,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        CheckedPhone phone1,
        @Nullable CheckedPhone phone2,
        String attributes) {}
