package io.callisto.events.topics;

import io.callisto.certificates.Identity;
import io.callisto.domain.Ticker;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.TopicNaming;
import io.callisto.outbox.kafka.KafkaAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may read what: the clients of an organisation its topics, with consumer groups whose name begins as the topics'
 * names do. Nothing of others, and nothing may be written. Kafka is asked only when organisations have come or gone;
 * where it has no authorizer, once. Rights that an administrator gave besides are left alone, but not those of an
 * organisation that is gone. Used by one thread.
 */
public final class TopicAcls {
    private static final Logger log = LoggerFactory.getLogger(TopicAcls.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long RETRY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Pattern PRINCIPAL = Pattern.compile("User:organisation-(?<id>[0-9]{1,9})");
    private static final List<AclOperation> RIGHTS = List.of(AclOperation.READ, AclOperation.DESCRIBE);

    private final KafkaAddress address;
    private final Ticker ticker;
    private @Nullable Set<Integer> settled;
    private boolean open;
    private long tryAt;

    /** Connects to nothing yet. */
    public TopicAcls(KafkaAddress address, Ticker ticker) {
        this.address = address;
        this.ticker = ticker;
        this.tryAt = ticker.nanos();
    }

    /** Gives rights to the clients of these organisations, and takes those of all others away. Never fails. */
    public void keep(Set<Integer> organisations) {
        if (open || organisations.equals(settled) || ticker.nanos() - tryAt < 0) {
            return;
        }
        try (Admin admin = Admin.create(address.impatient("callisto-acls"))) {
            settle(admin, organisations);
            settled = Set.copyOf(organisations);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof SecurityDisabledException) {
                open = true;
                log.atInfo()
                        .addKeyValue("kafka", address)
                        .log("Kafka has no authorizer: every client may do everything");
            } else {
                tryAt = ticker.nanos() + RETRY_NANOS;
                log.atWarn()
                        .addKeyValue("kafka", address)
                        .addKeyValue("failure", cause.toString())
                        .log("rights of event clients cannot be set now; it is tried again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void settle(Admin admin, Set<Integer> organisations)
            throws ExecutionException, TimeoutException, InterruptedException {
        Collection<AclBinding> present =
                await(admin.describeAcls(AclBindingFilter.ANY).values());
        Set<AclBinding> missing = wanted(organisations);
        missing.removeAll(present);
        if (!missing.isEmpty()) {
            await(admin.createAcls(missing).all());
            log.atInfo()
                    .addKeyValue("rights", missing.size())
                    .log("event clients may read the topics of new organisations");
        }
        List<AclBindingFilter> left = present.stream()
                .filter(acl -> ofNobody(acl, organisations))
                .map(AclBinding::toFilter)
                .toList();
        if (!left.isEmpty()) {
            await(admin.deleteAcls(left).all());
            log.atInfo().addKeyValue("rights", left.size()).log("rights of deleted organisations taken away");
        }
    }

    static Set<AclBinding> wanted(Set<Integer> organisations) {
        Set<AclBinding> wanted = new HashSet<>();
        for (int organisation : organisations) {
            for (TopicNaming naming : TopicNaming.values()) {
                String prefix = prefix(naming, organisation);
                for (AclOperation right : RIGHTS) {
                    for (ResourceType type : List.of(ResourceType.TOPIC, ResourceType.GROUP)) {
                        wanted.add(new AclBinding(
                                new ResourcePattern(type, prefix, PatternType.PREFIXED), entry(organisation, right)));
                    }
                }
            }
        }
        return wanted;
    }

    /** What the names of all topics of an organisation begin with, such as {@code POM.7.}, and of no other one. */
    static String prefix(TopicNaming naming, int organisation) {
        String job = naming.topic(EventType.JOB, organisation);
        return job.substring(0, job.length() - EventType.JOB.name().length());
    }

    private static AccessControlEntry entry(int organisation, AclOperation right) {
        return new AccessControlEntry(
                "User:" + Identity.principalOf(organisation), "*", right, AclPermissionType.ALLOW);
    }

    private static boolean ofNobody(AclBinding acl, Set<Integer> organisations) {
        Matcher principal = PRINCIPAL.matcher(acl.entry().principal());
        return principal.matches() && !organisations.contains(Integer.parseInt(principal.group("id")));
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
