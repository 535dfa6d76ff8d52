package io.callisto.agents.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments and results about the session, states, nail-up, jobs and blending. */
public final class SessionData {
    private SessionData() {}

    /** No arguments, or a result that says no more than its code. */
    public record Nothing() {}

    /** Arguments of AGTLogon. */
    public record Logon(
            @Described(value = "Telephone number or address that the agent's line is nailed up to.", max = 64)
            String extension,

            @Described(value = "Password of that line, where it has one.", min = 0) @Nullable
            String password,

            @Described(value = "Take the session over from another desktop.", optional = true)
            boolean force,

            @Described(value = "Language tag for texts, as en-GB.", max = 35) @Nullable
            String locale,

            @Described(value = "IANA name of the agent's time zone.", max = 64) @Nullable
            String timeZone,

            @Described(value = "Zone to work in; the agent's own where it is left out.", max = 64) @Nullable
            String zone) {
        /** Without the password and the number. */
        @Override
        public String toString() {
            return "Logon[force=" + force + ", zone=" + zone + "]";
        }
    }

    /** Result of AGTLogon. */
    public record LoggedOn(
            @Described(value = "Session of the agent, also where another desktop began it.", max = 64)
            String agentSessionId,

            @Described("Number of this attach; commands carry it from now on.")
            int attachNo,

            @Described("Whether a living session was taken over; a snapshot follows.")
            boolean takenOver,

            @Described(value = "State of the agent now.", words = AgentState.class)
            String agentState) {}

    /** A state that an agent may ask for. */
    public enum WantedState implements Word {
        READY("Ready"),
        NOT_READY("NotReady");

        private final String text;

        WantedState(String text) {
            this.text = text;
        }

        @Override
        public String text() {
            return text;
        }
    }

    /** Arguments of AGTStateChange. */
    public record StateChange(
            @Described("State asked for; during a call NotReady becomes PendingNotReady.")
            WantedState agentState,

            @Described(value = "Code of the reason.", max = 32) @Nullable
            String reasonCode,

            @Described(value = "Name of the reason.", max = 64) @Nullable
            String reasonName,

            @Described(value = "The agent has left the desk.", optional = true)
            boolean hasWalkedAway) {}

    /** Result of AGTStateChange. */
    public record StateChanged(
            @Described(value = "State that the agent has now.", words = AgentState.class)
            String agentState) {}

    /** A pair of an id and a name. */
    public record Named(
            @Described(value = "Id of it.", max = 128) String id,
            @Described("Name for people.") String name) {}

    /** Result of AGTGetZoneList. */
    public record Zones(
            @Described("Names of the zones that the agent may work in.")
            List<String> zones) {
        public Zones {
            zones = List.copyOf(zones);
        }
    }

    /** Result of AGTGetTimezones. */
    public record TimeZones(
            @Described("IANA names of time zones with their names for people.")
            List<Named> timeZones) {
        public TimeZones {
            timeZones = List.copyOf(timeZones);
        }
    }

    /** A skill of an agent. */
    public record Skill(
            @Described(value = "Name of the skill.", max = 64)
            String name,

            @Described("Level, the higher the better.") int level) {}

    /** Arguments of AGTSkillsChanged. */
    public record Skills(
            @Described(value = "All skills that the agent has from now on.", maxItems = 60)
            List<Skill> skills) {
        public Skills {
            skills = List.copyOf(skills);
        }
    }

    /** Arguments of AGTGetErrorString and AGTGetErrorInfo. */
    public record ErrorCode(
            @Described("Number of the error.") int errorCode) {}

    /** Result of AGTGetErrorString. */
    public record ErrorText(
            @Described("What happened, in English.") String text,

            @Described("The same in the language of the session.")
            String localizedText) {}

    /** An error for people: result of AGTGetErrorInfo, and part of notifications. */
    public record ErrorInfo(
            @Described("Number of the error.") int errorCode,
            @Described("What happened.") String errorString,

            @Described(value = "What to do.", max = 512) @Nullable
            String whatToDo) {}

    /** Arguments of CALAttachJob and CALMoveJob. */
    public record JobChoice(@Described("Id of the job.") long jobId) {}

    /** Arguments of CALSetPreferredJobs. */
    public record JobChoices(
            @Described(value = "Ids of the jobs, the most preferred first; empty for no preference.", maxItems = 20)
            List<Long> jobIds) {
        public JobChoices {
            jobIds = List.copyOf(jobIds);
        }
    }

    /** A job that an agent may work in. */
    public record Job(
            @Described("Id of the job.") long jobId,
            @Described("Name of its campaign.") String campaignName,

            @Described("Whether the agent is attached to it.")
            boolean attached,

            @Described("Whether the agent prefers it.") boolean preferred) {}

    /** Result of CALGetJobs. */
    public record Jobs(
            @Described("Running jobs whose skills the agent has, preferred ones first.")
            List<Job> jobs) {
        public Jobs {
            jobs = List.copyOf(jobs);
        }
    }

    /** Place in the notifications of the session: result of CALGetSnapshot and AGTSaveAgentForHA. */
    public record Place(
            @Described("Epoch of the zone's owner.") long epoch,
            @Described("Number of the last notification.") long seq) {}

    /** Arguments of GetPAMForZone. */
    public record ZoneChoice(
            @Described(value = "Name of a zone; all of them where it is left out.", max = 64) @Nullable
            String zone) {}
}
