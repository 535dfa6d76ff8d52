package io.callisto.event.client;

import java.util.Collection;

/** What to do about topics that a site does not give. */
final class SiteTexts {
    private SiteTexts() {}

    static String missing(Collection<String> topics) {
        return (topics.size() == 1 ? "the topic " : "the topics ") + String.join(", ", topics)
                + (topics.size() == 1 ? " does" : " do")
                + " not exist. Topics come with their organisation: is the organisation's id right, and does"
                + " topicNaming (POM 4.0 or 3.1.3 names) fit the cluster? To wait for them, set startup(Startup.WAIT)";
    }

    static String forbidden(Collection<String> topics) {
        return "this client may not read " + String.join(", ", topics) + ". Its certificate is for another"
                + " organisation, or it shows none: use the organisation's own certificate (EventSecurity), or have the"
                + " administrator allow READ and DESCRIBE on the topic";
    }
}
