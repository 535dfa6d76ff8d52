package io.callisto.domain;

/**
 * System completion codes: how an attempt, or a contact that was never attempted, ended. Ids and texts are those of
 * table
 * {@code completion_code}; a test keeps the two equal.
 */
public enum CompletionCode {
    ANSWER_HUMAN(1, "Answer_Human", true, false),
    ANSWER_MACHINE(2, "Answer_Machine", false, true),
    CALL_BUSY(3, "Call_Busy", false, true),
    RING_NO_ANSWER(4, "Ring_No_Answer", false, true),
    INVALID_NUMBER(5, "Invalid_Number", false, false),
    FAX(6, "Fax", false, false),
    NETWORK_FAILURE(7, "Network_Failure", false, true),
    NO_RESOURCE(8, "Sys_No_Resource", false, true),
    NOT_PLACED(9, "Sys_Not_Placed", false, true),
    ATTEMPT_IN_DOUBT(10, "Sys_Attempt_In_Doubt", false, false),
    CALL_TIMEOUT(11, "Sys_Call_Timeout", false, false),
    NO_CALLABLE_ADDRESS(12, "Sys_No_Callable_Address", false, false),
    DO_NOT_CALL(13, "Sys_Do_Not_Call", false, false),
    MAX_ATTEMPTS(14, "Sys_Max_Attempts", false, false),
    RULE_RESTRICTED(15, "Sys_Rule_Restricted", false, false),
    JOB_STOPPED(16, "Sys_Job_Stopped", false, false);

    private final int id;
    private final String text;
    private final boolean success;
    private final boolean retryable;

    CompletionCode(int id, String text, boolean success, boolean retryable) {
        this.id = id;
        this.text = text;
        this.success = success;
        this.retryable = retryable;
    }

    /** Key of the code's row. */
    public int id() {
        return id;
    }

    /** POM's spelling, as users and events see it. */
    public String text() {
        return text;
    }

    /** Whether the contact is done with it. */
    public boolean success() {
        return success;
    }

    /** Whether a strategy's retry rule may follow it. */
    public boolean retryable() {
        return retryable;
    }

    /**
     * The code with this id.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static CompletionCode ofId(int id) {
        for (CompletionCode code : values()) {
            if (code.id == id) {
                return code;
            }
        }
        throw new IllegalArgumentException("no system completion code " + id);
    }

    /**
     * The code with this text, as {@code Call_Busy}.
     *
     * @throws IllegalArgumentException where there is none; the message lists those that exist
     */
    public static CompletionCode ofText(String text) {
        for (CompletionCode code : values()) {
            if (code.text.equals(text)) {
                return code;
            }
        }
        throw new IllegalArgumentException("no completion code '" + text + "'; known: "
                + java.util.Arrays.toString(java.util.Arrays.stream(values())
                        .map(CompletionCode::text)
                        .toArray()));
    }
}
