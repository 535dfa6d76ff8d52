package io.callisto.agents.protocol;

import org.jspecify.annotations.Nullable;

/** What a server sends. */
public sealed interface ServerFrame extends Frame {
    /** Which of them it is. */
    Kind kind();

    @Override
    default String type() {
        return kind().text();
    }

    /** The frames of a server. */
    enum Kind implements Word {
        WELCOME(
                "welcome",
                Welcome.class,
                "Answer to hello (POM's AgentSDKConnectedRESP): the session and all addresses."),
        RESULT("result", Result.class, "Answer to a command (POM's ...RESP)."),
        NOTIFY("notify", Notify.class, "Something happened."),
        SNAPSHOT("snapshot", Snapshot.class, "The whole state of the agent, in place of all that was told before."),
        PING("ping", Ping.class, "Are you there?"),
        BYE("bye", Bye.class, "The last frame of a connection: why it ends, and whether to come again.");

        private final String text;
        private final Class<? extends Record> record;
        private final String meaning;

        Kind(String text, Class<? extends Record> record, String meaning) {
            this.text = text;
            this.record = record;
            this.meaning = meaning;
        }

        @Override
        public String text() {
            return text;
        }

        /** Its class. */
        public Class<? extends Record> record() {
            return record;
        }

        /** What it says, in a sentence. */
        public String meaning() {
            return meaning;
        }
    }

    /** The answer to hello. */
    record Welcome(
            @Described(value = "Session of the agent; keep it to resume.", max = 64)
            String agentSessionId,

            @Described("Number of this attach; commands carry it.")
            int attachNo,

            @Described("Whether the session of hello goes on; if not, it is gone and this one is new.")
            boolean resumed,

            @Described("Whether the agent is logged on in this session.")
            boolean loggedOn,

            @Described("Addresses of servers, agent managers and scripts.")
            DesktopAddresses addresses,

            @Described("Time between pings, in milliseconds.")
            int heartbeatMillis,

            @Described("After so long without a frame the connection counts as lost, in milliseconds.")
            int lostAfterMillis,

            @Described("How long the session waits for its desktop to come back, in milliseconds.")
            int graceMillis)
            implements ServerFrame {
        @Override
        public Kind kind() {
            return Kind.WELCOME;
        }
    }

    /** The answer to a command. */
    record Result(
            @Described(value = "Id of the command.", max = 64)
            String id,

            @Described("Name of the command.") String name,

            @Described("0 if it was done, else the number of an error.")
            int code,

            @Described(value = "What happened, for people.", max = 512)
            String text,

            @Described("Where the command is wrong: a JSON pointer into its frame.") @Nullable
            String position,

            @Nullable Record data)
            implements ServerFrame {
        /** It was done. */
        public static Result done(ClientFrame.Command command, Record data) {
            if (data.getClass() != command.name().result()) {
                throw new IllegalArgumentException(
                        command.name().text() + " gives " + command.name().result() + ", not " + data.getClass());
            }
            return new Result(
                    command.id(), command.name().text(), AgentError.OK.number(), AgentError.OK.title(), null, data);
        }

        /** It was not done. */
        public static Result refused(ClientFrame.Command command, AgentError error, String text) {
            if (error == AgentError.OK) {
                throw new IllegalArgumentException("a refusal has an error");
            }
            return new Result(command.id(), command.name().text(), error.number(), text, null, null);
        }

        @Override
        public Kind kind() {
            return Kind.RESULT;
        }
    }

    /** A notification. */
    record Notify(
            @Described("Epoch of the zone's owner.") long epoch,

            @Described("Number of the notification in its epoch and session; 0 for one outside of the sequence.")
            long seq,

            @Described("What happened.") String name,

            @Nullable Record data)
            implements ServerFrame {
        /** A notification at its place; {@code seq} 0 and only 0 for those that are outside of the sequence. */
        public static Notify of(long epoch, long seq, AgentNotification notification, Record data) {
            if (data.getClass() != notification.data() || (seq == 0) != notification.aside()) {
                throw new IllegalArgumentException(notification.text() + " has " + notification.data()
                        + (notification.aside() ? " and seq 0" : " and a seq") + ", not " + data.getClass() + " and "
                        + seq);
            }
            return new Notify(epoch, seq, notification.text(), data);
        }

        @Override
        public Kind kind() {
            return Kind.NOTIFY;
        }
    }

    /** The whole state. */
    record Snapshot(
            @Described("Epoch of the zone's owner.") long epoch,

            @Described("Number of the last notification that it includes.")
            long seq,

            @Described("The state.") AgentView state)
            implements ServerFrame {
        @Override
        public Kind kind() {
            return Kind.SNAPSHOT;
        }
    }

    /** A sign of life that wants one back. */
    record Ping(@Described("Number of the ping.") long number) implements ServerFrame {
        @Override
        public Kind kind() {
            return Kind.PING;
        }
    }

    /** The last frame. */
    record Bye(
            @Described("Number of an error; 0 where the desktop asked for it.")
            int code,

            @Described(value = "Why, for people.", max = 512)
            String reason,

            @Described("Whether to connect again and resume.")
            boolean reconnect,

            @Described(value = "Wait so long before, in milliseconds.", optional = true)
            int afterMillis)
            implements ServerFrame {
        @Override
        public Kind kind() {
            return Kind.BYE;
        }
    }
}
