package io.callisto.domain.attempt;

import io.callisto.domain.CompletionCode;

/** How a call ended, as the media gateway tells it. */
public enum CallOutcome {
    ANSWER_HUMAN,
    ANSWER_MACHINE,
    BUSY,
    RING_NO_ANSWER,
    INVALID_NUMBER,
    FAX,
    NETWORK_FAILURE,
    /** The gateway's process ended during the call and the far end was released. */
    LOST;

    /** The completion code of the attempt. */
    public CompletionCode code() {
        return switch (this) {
            case ANSWER_HUMAN -> CompletionCode.ANSWER_HUMAN;
            case ANSWER_MACHINE -> CompletionCode.ANSWER_MACHINE;
            case BUSY -> CompletionCode.CALL_BUSY;
            case RING_NO_ANSWER -> CompletionCode.RING_NO_ANSWER;
            case INVALID_NUMBER -> CompletionCode.INVALID_NUMBER;
            case FAX -> CompletionCode.FAX;
            // A lost call was cut off by our side of the network: the strategy's rule for network failures decides.
            case NETWORK_FAILURE, LOST -> CompletionCode.NETWORK_FAILURE;
        };
    }
}
