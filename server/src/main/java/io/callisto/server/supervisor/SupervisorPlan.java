package io.callisto.server.supervisor;

import io.callisto.server.process.ProcessSpec;
import java.util.List;

/**
 * What one supervisor looks after.
 *
 * @param server name of its server, such as {@code s1}
 * @param databaseUrl where deaths are certified and wishes read
 * @param databaseUser of the database
 * @param databasePassword of the database
 * @param members in the order of their start; they end together, the last alone after the others
 */
public record SupervisorPlan(
        String server, String databaseUrl, String databaseUser, String databasePassword, List<Member> members) {

    public SupervisorPlan {
        members = List.copyOf(members);
    }

    /**
     * @param service what the process is in {@code ha_node} and {@code service_wish}: {@code server} in the one-JVM
     *     layout
     * @param obeysWish whether an administrator's wish stops the process; in the one-JVM layout nothing may
     * @param endsLast whether it must outlive the others, as the broker does
     * @param spec how it is started
     */
    public record Member(String service, boolean obeysWish, boolean endsLast, ProcessSpec spec) {}
}
