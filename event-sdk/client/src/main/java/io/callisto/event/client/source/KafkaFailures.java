package io.callisto.event.client.source;

import io.callisto.event.client.source.SourceFailure.Kind;
import java.security.cert.CertificateExpiredException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Kafka's exceptions in words that say what to do. */
final class KafkaFailures {
    static final String MISSING = "topics come with their organisation: is the organisation's id right, and does the"
            + " topic naming (POM 4.0 or 3.1.3 names) fit the cluster?";

    private KafkaFailures() {}

    static SourceFailure explain(String doing, String address, KafkaException failure) {
        String at = " (" + doing + " at Kafka " + address + ")";
        if (failure instanceof AuthenticationException) {
            return new SourceFailure(Kind.NOT_TRUSTED, authentication(failure) + at, failure);
        }
        if (failure instanceof TopicAuthorizationException topic) {
            return new SourceFailure(Kind.NOT_AUTHORISED, forbidden(topic.unauthorizedTopics()) + at, failure);
        }
        if (failure instanceof GroupAuthorizationException group) {
            return new SourceFailure(
                    Kind.NOT_AUTHORISED,
                    "this client may not use the group " + group.groupId() + ": its name has to begin as the names of"
                            + " the organisation's topics do, POM.<organisation>. or POM.Default., or the administrator"
                            + " has to allow it (READ on the group)" + at,
                    failure);
        }
        if (failure instanceof AuthorizationException) {
            return new SourceFailure(Kind.NOT_AUTHORISED, failure.getMessage() + at, failure);
        }
        if (failure instanceof UnknownTopicOrPartitionException || failure instanceof InvalidTopicException) {
            return new SourceFailure(Kind.MISSING_TOPIC, failure.getMessage() + "; " + MISSING + at, failure);
        }
        if (failure instanceof TimeoutException) {
            return new SourceFailure(Kind.UNREACHABLE, "no answer in time" + at, failure);
        }
        return new SourceFailure(
                Kind.OTHER, failure.getClass().getSimpleName() + ": " + failure.getMessage() + at, failure);
    }

    /** All that was said on the way to the cause. */
    static String chain(Throwable failure) {
        Set<String> said = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !message.startsWith("Failed to construct kafka consumer")) {
                said.add(message);
            }
        }
        return String.join(": ", said);
    }

    /** What is to be done about topics that may not be read. */
    static String forbidden(Iterable<String> topics) {
        return "this client may not read " + String.join(", ", topics) + ": its certificate is for another"
                + " organisation, or it shows none. Use the organisation's own certificate, or have the administrator"
                + " allow it (READ and DESCRIBE on the topic)";
    }

    private static String authentication(Throwable failure) {
        StringBuilder said = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "the broker's certificate has expired: the administrator has to renew it";
            }
            said.append(cause.getMessage()).append('\n');
        }
        String text = said.toString().toLowerCase(Locale.ROOT);
        if (text.contains("unrecognized ssl message") || text.contains("plaintext connection")) {
            return "the port does not speak TLS: connect to Kafka's TLS port, or leave the security settings out";
        }
        if (text.contains("received fatal alert")) {
            return "the broker does not accept this client's certificate (" + alert(text) + "): is it signed by the"
                    + " cluster's CA, still valid, and set at all?";
        }
        if (text.contains("no name matching") || text.contains("no subject alternative")) {
            return "the broker's certificate is for another host name: connect to a name that stands in it";
        }
        if (text.contains("validity check failed") || text.contains("notafter")) {
            return "the broker's certificate has expired or is not valid yet: look at its dates and at both clocks";
        }
        if (text.contains("pkix") || text.contains("certification path") || text.contains("certpath")) {
            return "the broker's certificate is not signed by a CA that this client trusts: set the cluster's CA"
                    + " (EventSecurity)";
        }
        return "the broker and this client do not trust one another: " + failure.getMessage();
    }

    private static String alert(String text) {
        int at = text.indexOf("received fatal alert");
        int end = text.indexOf('\n', at);
        return text.substring(at, end).replace("received fatal alert:", "").strip();
    }
}
