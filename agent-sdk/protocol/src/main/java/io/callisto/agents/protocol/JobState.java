package io.callisto.agents.protocol;

/** POM's states of the tie between an agent and a job. */
public enum JobState implements Word {
    JOB_ATTACHED("JobAttached"),
    JOB_DETACHED("JobDetached"),
    JOB_END("JobEnd"),
    PENDING_INBOUND("PendingInbound"),
    JOB_INBOUND("JobInbound"),
    JOB_MANUAL_INBOUND("JobManualInbound"),
    PENDING_MANUAL_INBOUND("PendingManualInbound"),
    PENDING_JOB_MOVEMENT("PendingJobMovement"),
    PENDING_JOB_ATTACH("PendingJobAttach");

    private final String text;

    JobState(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
