package io.callisto.rules.client;

/** No answer in time. The contacts are neither allowed nor restricted: keep them and ask again. */
public final class RuleEngineUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param why what was last seen; no personal data
     */
    public RuleEngineUnavailable(String why) {
        super(why);
    }
}
