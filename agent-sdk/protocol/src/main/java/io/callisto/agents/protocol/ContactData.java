package io.callisto.agents.protocol;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments, results and parts about contacts, notes, callbacks and do-not-call. */
public final class ContactData {
    private ContactData() {}

    /** A value of a contact. */
    public record Attribute(
            @Described(value = "Name of the attribute.", max = 64)
            String name,

            @Described(value = "Its value; masked where the agent may not see it.", min = 0, max = 4000)
            String value,

            @Described(value = "Whether the value is masked.", optional = true)
            boolean masked,

            @Described(value = "Whether the agent may change it.", optional = true)
            boolean editable) {
        /** Without the value: it may be personal. */
        @Override
        public String toString() {
            return "Attribute[name=" + name + "]";
        }
    }

    /** Result of AGTGetCustomerDetails. */
    public record CustomerDetails(
            @Described("Attributes of the contact, in the order of the campaign.")
            List<Attribute> attributes) {
        public CustomerDetails {
            attributes = List.copyOf(attributes);
        }
    }

    /** Arguments of AGTSetCustomerDetail. */
    public record NewValue(
            @Described(value = "Name of the attribute.", max = 64)
            String name,

            @Described(value = "New value; empty to clear it.", min = 0, max = 4000)
            String value) {
        /** Without the value: it may be personal. */
        @Override
        public String toString() {
            return "NewValue[name=" + name + "]";
        }
    }

    /** An attribute that contacts may have. */
    public record AttributeType(
            @Described(value = "Name of the attribute.", max = 64)
            String name,

            @Described(value = "Type of its values, as STRING, INTEGER, DATE.", max = 32)
            String type,

            @Described("Whether agents may change it.") boolean editable) {}

    /** Result of AGTGetContactAttributes. */
    public record AttributeTypes(
            @Described("Attributes that contacts of the organisation may have.")
            List<AttributeType> attributes) {
        public AttributeTypes {
            attributes = List.copyOf(attributes);
        }
    }

    /** Arguments of AGTAddAgentNote. */
    public record NewNote(
            @Described(value = "The note.", max = 4000) String note) {
        /** Without the note: it may be personal. */
        @Override
        public String toString() {
            return "NewNote[" + note.length() + "]";
        }
    }

    /** A note on a contact. */
    public record Note(
            @Described("When it was written.") Instant at,
            @Described(value = "Who wrote it.", max = 128) String agentName,
            @Described(value = "The note.", max = 4000) String note) {
        /** Without the note: it may be personal. */
        @Override
        public String toString() {
            return "Note[at=" + at + "]";
        }
    }

    /** Result of AGTAddAgentNote and AGTRefreshAgentNotes. */
    public record Notes(
            @Described("Notes on the contact, the newest first, at most 50.")
            List<Note> notes) {
        public Notes {
            notes = List.copyOf(notes);
        }
    }

    /** Arguments of AGTAddToDNC. */
    public record Addresses(
            @Described(
                    value = "Numbers or mail addresses that must not be contacted again.",
                    max = 254,
                    minItems = 1,
                    maxItems = 20)
            List<String> addresses) {
        public Addresses {
            addresses = List.copyOf(addresses);
        }

        /** Without the addresses. */
        @Override
        public String toString() {
            return "Addresses[" + addresses.size() + "]";
        }
    }

    /** Arguments of AGTIsInDNC. */
    public record Address(
            @Described(value = "A number or mail address.", max = 254)
            String address) {
        /** Without the address. */
        @Override
        public String toString() {
            return "Address[...]";
        }
    }

    /** Result of AGTIsInDNC. */
    public record Listed(
            @Described("Whether it must not be contacted.") boolean present) {}

    /** Result of AGTGetWorkRequestId. */
    public record WorkRequest(
            @Described(value = "Id of the work request that goes with the call.", max = 128)
            String workRequestId) {}

    /** Result of AGTGetCallbackTypes. */
    public record CallbackTypes(
            @Described(value = "Types of callbacks that the agent may make.", words = CallbackType.class)
            List<String> types,

            @Described("How long a callback is kept when no expiry is given, in minutes.")
            int defaultExpiryMinutes) {
        public CallbackTypes {
            types = List.copyOf(types);
        }
    }

    /** Arguments of AGTGetCallbackDestsForType. */
    public record CallbackDestinations(
            @Described("Type of the callback.") CallbackType type,

            @Described(value = "Zone of the destinations.", max = 64) @Nullable
            String zone) {}

    /** Arguments of AGTCreateCallback. */
    public record NewCallback(
            @Described("Type of the callback.") CallbackType type,

            @Described(value = "Agent or campaign that it is for; the caller's own where it is left out.", max = 128)
            @Nullable
            String destination,

            @Described("When to call, on a clock of the time zone.")
            LocalDateTime time,

            @Described(value = "IANA name of the time zone that the times are meant in.", max = 64)
            String timeZone,

            @Described("Until when to try, on the same clock; the default expiry where it is left out.") @Nullable
            LocalDateTime expiry,

            @Described(value = "Number to call; the number of this call where it is left out.", max = 64) @Nullable
            String number,

            @Described(value = "Notes for who takes the callback.", max = 4000) @Nullable
            String notes) {
        /** Without number and notes. */
        @Override
        public String toString() {
            return "NewCallback[type=" + type + ", time=" + time + "]";
        }
    }

    /** Result of AGTCreateCallback. */
    public record CallbackMade(
            @Described(value = "Id of the callback.", max = 64)
            String callbackId,

            @Described("When it is due.") Instant dueAt) {}
}
