package io.callisto.agents.protocol;

import org.jspecify.annotations.Nullable;

/** What a desktop sends. */
public sealed interface ClientFrame extends Frame {
    /** Which of them it is. */
    Kind kind();

    @Override
    default String type() {
        return kind().text();
    }

    /** The frames of a desktop. */
    enum Kind implements Word {
        HELLO("hello", Hello.class, "The first frame of a connection: who asks, and which session to go on with."),
        COMMAND("command", Command.class, "Do something, once."),
        ACK("ack", Ack.class, "Everything up to this place has arrived."),
        PONG("pong", Pong.class, "Answer to ping, sent where the message is handled."),
        STATUS("status", Status.class, "Answer to GetAgentStatus (POM's GetAgentStatusResponse): the desktop's view.");

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

    /** The first frame of a connection. */
    record Hello(
            @Described(value = "Token of the agent, or a reference to its credentials.", max = 8192)
            String token,

            @Described("Organisation (tenant) that the agent belongs to; 0 is the default one.")
            int organisationId,

            @Described(value = "Name and version of the client.", max = 128)
            String client,

            @Described("Session to go on with; left out for a new one.") @Nullable
            Resume resume)
            implements ClientFrame {
        @Override
        public Kind kind() {
            return Kind.HELLO;
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "Hello[organisationId=" + organisationId + ", client=" + client + ", resume=" + resume + "]";
        }
    }

    /** Where a connection goes on. */
    record Resume(
            @Described(value = "Session of the agent.", max = 64)
            String agentSessionId,

            @Described("Attach number that the desktop had.")
            int attachNo,

            @Described("Epoch of the last notification that arrived; 0 for none.")
            long epoch,

            @Described("Number of that notification; 0 for none.")
            long seq) {}

    /** A command. */
    record Command(
            @Described(
                    value = "Made by the client, unique in the agent session; the same when sent again.",
                    max = 64,
                    pattern = "[A-Za-z0-9._:-]+")
            String id,

            AgentCommand name,

            @Described("Attach number of the connection.") int attachNo,

            @Described(value = "The call that it is about; for commands on calls only.", max = 64) @Nullable
            String sessionId,

            Record args)
            implements ClientFrame {
        @Override
        public Kind kind() {
            return Kind.COMMAND;
        }
    }

    /** What has arrived. */
    record Ack(
            @Described("Epoch of the last notification taken.")
            long epoch,

            @Described("Number of that notification.") long seq)
            implements ClientFrame {
        @Override
        public Kind kind() {
            return Kind.ACK;
        }
    }

    /** The answer to a ping. */
    record Pong(
            @Described("Number of the ping.") long number,

            @Described("Epoch of the last notification taken; 0 for none.")
            long epoch,

            @Described("Number of that notification; 0 for none.")
            long seq)
            implements ClientFrame {
        @Override
        public Kind kind() {
            return Kind.PONG;
        }
    }

    /** The desktop's view of its agent; words of a later version pass, for the server to judge. */
    record Status(
            @Described("Number of the question.") long asked,

            @Described(value = "State of the agent as the desktop shows it.", words = AgentState.class)
            String agentState,

            @Described(value = "State of the call as the desktop shows it.", words = CallState.class)
            String callState,

            @Described(value = "State of the tie to a job as the desktop shows it.", words = JobState.class)
            String jobState,

            @Described(value = "State of the line as the desktop shows it.", words = NailupStatus.class)
            String nailupStatus,

            @Described(value = "The call that the desktop shows.", max = 64) @Nullable
            String sessionId)
            implements ClientFrame {
        @Override
        public Kind kind() {
            return Kind.STATUS;
        }
    }
}
