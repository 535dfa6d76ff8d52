package io.callisto.domain.agent;

import io.callisto.domain.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A callback that an agent promised.
 *
 * @param type who may serve it
 * @param destination agent or campaign of the type, as the list of destinations named it; null: none
 * @param due when to call, told in the customer's time zone and turned into an instant
 * @param timeZone that time zone
 * @param expiry until when; null: the type's default
 * @param number where; null: the contact's
 * @param notes for whoever calls; null: none
 */
public record CallbackWish(
        Type type,
        @Nullable String destination,
        Instant due,
        String timeZone,
        @Nullable Instant expiry,
        @Nullable PhoneNumber number,
        @Nullable String notes) {
    private static final int LONGEST_TEXT = 4_000;

    /** Who may serve a callback. */
    public enum Type {
        /** This agent, or another if it is away for long. */
        AGENT,
        CAMPAIGN,
        STANDARD,
        /** This agent and nobody else. */
        STRICT_AGENT
    }

    public CallbackWish {
        if (expiry != null && !expiry.isAfter(due)) {
            throw new IllegalArgumentException("a callback must not expire before it is due");
        }
        requireText(notes == null ? "" : notes, "the notes of a callback");
    }

    static void requireText(String text, String what) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(what + " has at most " + LONGEST_TEXT + " characters");
        }
    }
}
