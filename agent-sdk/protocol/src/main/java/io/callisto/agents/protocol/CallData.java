package io.callisto.agents.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments, results and parts about calls, consults, conferences and wrap-up. */
public final class CallData {
    private CallData() {}

    /** A number of a contact. */
    public record ContactNumber(
            @Described(value = "Name of the attribute that holds it, as phoneNumber1.", max = 64)
            String name,

            @Described(value = "The number; masked where the agent may not see it.", max = 64)
            String number,

            @Described("Whether it is the one to dial first.")
            boolean isDefault) {
        /** Without the number. */
        @Override
        public String toString() {
            return "ContactNumber[name=" + name + ", isDefault=" + isDefault + "]";
        }
    }

    /** Who a call is with. */
    public record Contact(
            @Described(
                    value = "Kind of the call, after POM: Preview, Manual, Predictive, Progressive, Callback, Redial.",
                    max = 32)
            String type,

            @Described(value = "Id of the contact.", max = 64)
            String contactId,

            @Described(value = "Id of the contact list.", max = 64) @Nullable
            String listId,

            @Described("Name of the contact list.") @Nullable
            String listName,

            @Described("Id of the job.") @Nullable Long jobId,

            @Described("Name of the campaign.") @Nullable String campaignName,

            @Described("Numbers of the contact.") List<ContactNumber> numbers) {
        public Contact {
            numbers = List.copyOf(numbers);
        }
    }

    /** How the wrap-up of a call stands. */
    public record WrapupDetails(
            @Described("What is left of the wrap-up time, in milliseconds; left out where it has no end.") @Nullable
            Long remainingMillis,

            @Described("How often it may still be extended.")
            int extensionsLeft,

            @Described(value = "Completion code that it gets when the time is over.", max = 128) @Nullable
            String defaultCode) {}

    /** Result that says how the wrap-up stands: AGTReleaseLine, AGTPreviewCancel, AGTExtendWrapup, AGTLostNailing. */
    public record Wrapup(
            @Described("The wrap-up; left out where there is none.") @Nullable
            WrapupDetails wrapupDetails,

            @Described(value = "The call that it is about.", max = 64) @Nullable
            String sessionId) {}

    /** Arguments of AGTSendDTMF. */
    public record Digits(
            @Described(value = "Tones to send.", max = 32, pattern = "[0-9*#A-D]+")
            String digits) {
        /** Without the digits: they may be a secret. */
        @Override
        public String toString() {
            return "Digits[" + digits.length() + "]";
        }
    }

    /** Arguments of AGTRedial and AGTPreviewDial. */
    public record NumberChoice(
            @Described(value = "The number to dial, or the name of the contact's attribute that holds it.", max = 64)
            String number) {
        /** Without the number. */
        @Override
        public String toString() {
            return "NumberChoice[...]";
        }
    }

    /** Result of AGTGetConsultTypes. */
    public record ConsultTypes(
            @Described("Kinds of destinations, as Agent, Skill, External.")
            List<String> destinationTypes,

            @Described("Whether any number may be entered.") boolean allowFreeForm) {
        public ConsultTypes {
            destinationTypes = List.copyOf(destinationTypes);
        }
    }

    /** Arguments of AGTGetConsultDestsForType. */
    public record ConsultType(
            @Described(value = "One of the kinds of AGTGetConsultTypes.", max = 64)
            String type) {}

    /** Where a consult, transfer or callback may go. */
    public record Destination(
            @Described(value = "Id of it, for the commands.", max = 128)
            String id,

            @Described("Name for people.") String name,
            @Described("Whether it can be reached now.") boolean available) {}

    /** Result of AGTGetConsultDestsForType and AGTGetCallbackDestsForType. */
    public record Destinations(
            @Described("The destinations, at most 500.") List<Destination> destinations) {
        public Destinations {
            destinations = List.copyOf(destinations);
        }
    }

    /** Arguments of AGTConsultCall and AGTCancelConsult. */
    public record DestinationChoice(
            @Described(value = "Id of a destination, or a number where free form is allowed.", max = 128)
            String destination) {
        /** Without the destination: it may be a number. */
        @Override
        public String toString() {
            return "DestinationChoice[...]";
        }
    }

    /** Result of AGTCompleteTransfer. */
    public record Transferred(
            @Described("Whether this agent is to give the completion code.")
            boolean canDispose,

            @Described("The wrap-up; left out where there is none.") @Nullable
            WrapupDetails wrapupDetails) {}

    /** A completion code. */
    public record CompletionCode(
            @Described("Number of the code.") int codeID,

            @Described(value = "Text of the code.", max = 128)
            String codeValue) {}

    /** Result of AGTGetCompCodes. */
    public record CompletionCodes(
            @Described("Codes that the campaign allows, in the order of the campaign.")
            List<CompletionCode> codes) {
        public CompletionCodes {
            codes = List.copyOf(codes);
        }
    }

    /** Arguments of AGTWrapupContact. */
    public record Disposition(
            @Described(value = "Text of a completion code of AGTGetCompCodes.", max = 128)
            String completionCode) {}
}
