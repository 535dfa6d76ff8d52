package io.callisto.cache.client;

import io.callisto.domain.ContactId;
import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.cluster.ClusterGroup;
import org.apache.ignite.lang.IgniteFuture;

/**
 * The dialers' ready queues as a replicated, versioned copy of rows of {@code job_contact}: for statistics, and for a
 * restore
 * where an entry's version equals its row's. Every method returns at once; one thread does the work, in the order of
 * the calls,
 * each operation bounded in time. What cannot be written is dropped and counted, never repeated. Thread-safe.
 */
public final class ContactQueueCache implements AutoCloseable {
    private static final int CHUNK = 500;
    private static final int VERSION = 0;
    private static final int ZONE = 1;
    private static final int ATTEMPTS_MADE = 2;
    private static final int NEXT_ATTEMPT = 3;

    private final CacheWriterRunner writer;
    private final long timeoutMillis;

    /**
     * In contacts, since the start.
     *
     * @param written offered or removed successfully; also those of which the cache had a newer version already
     * @param dropped because the queue was full or the cache away
     * @param failed refused or not answered in time by the cache: may or may not be written
     * @param waiting now
     */
    public record Counters(long written, long dropped, long failed, int waiting) {}

    /**
     * An entry as read back.
     *
     * @param zone of the job's share that queued it
     * @param contact what was offered
     */
    public record Entry(ZoneId zone, QueuedContact contact) {}

    /**
     * @param operationTimeout of one operation of the cache
     * @param maxWaiting contacts in the queue
     */
    public ContactQueueCache(IgniteNode node, Duration operationTimeout, int maxWaiting) {
        this.writer = new CacheWriterRunner(node, maxWaiting);
        this.timeoutMillis = operationTimeout.toMillis();
    }

    /** Puts each contact unless the cache has this version of it or a newer one. */
    public void offer(JobId job, ZoneId zone, Collection<QueuedContact> contacts) {
        List<QueuedContact> all = List.copyOf(contacts);
        for (int from = 0; from < all.size(); from += CHUNK) {
            List<QueuedContact> chunk = all.subList(from, Math.min(all.size(), from + CHUNK));
            writer.submit(new CacheWriterRunner.Work(chunk.size(), ignite -> put(ignite, job, zone, chunk), why -> {}));
        }
    }

    /** Takes contacts out, whatever their version. */
    public void remove(JobId job, Collection<ContactId> contacts) {
        List<ContactId> all = List.copyOf(contacts);
        for (int from = 0; from < all.size(); from += CHUNK) {
            List<ContactId> chunk = all.subList(from, Math.min(all.size(), from + CHUNK));
            writer.submit(new CacheWriterRunner.Work(
                    chunk.size(),
                    ignite -> removeAll(
                            ignite,
                            job,
                            chunk.stream().mapToLong(ContactId::value).toArray()),
                    why -> {}));
        }
    }

    /** Takes out all contacts of the job. */
    public void clear(JobId job) {
        writer.submit(
                new CacheWriterRunner.Work(1, ignite -> removeAll(ignite, job, contactsOf(ignite, job)), why -> {}));
    }

    /** How many contacts of the job the cache holds, after all that was asked before. Fails where the cache is away. */
    public CompletableFuture<Integer> size(JobId job) {
        return ask(ignite -> contactsOf(ignite, job).length);
    }

    /** One entry, after all that was asked before. Fails where the cache is away. */
    public CompletableFuture<Optional<Entry>> find(JobId job, ContactId contact) {
        return ask(ignite -> Optional.ofNullable(bounded(queue(ignite).getAsync(key(job, contact.value()))))
                .map(value -> entry(contact, value)));
    }

    public Counters counters() {
        return writer.counters();
    }

    @Override
    public void close() {
        writer.close();
    }

    private <T> CompletableFuture<T> ask(Function<Ignite, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        writer.submit(new CacheWriterRunner.Work(
                1,
                ignite -> answer.complete(question.apply(ignite)),
                why -> answer.completeExceptionally(new IllegalStateException(why))));
        return answer;
    }

    private void put(Ignite ignite, JobId job, ZoneId zone, List<QueuedContact> contacts) {
        // Sorted: two batches that lock the same entries in different orders would wait for each other for ever.
        Map<UUID, PutIfNewer> processors = new TreeMap<>();
        for (QueuedContact contact : contacts) {
            long[] value = {
                contact.version(),
                zone.value(),
                contact.attemptsMade(),
                contact.nextAttempt().toEpochMilli()
            };
            processors.put(key(job, contact.contact().value()), new PutIfNewer(value));
        }
        bounded(queue(ignite).invokeAllAsync(processors));
    }

    private void removeAll(Ignite ignite, JobId job, long[] contacts) {
        for (int from = 0; from < contacts.length; from += CHUNK) {
            TreeSet<UUID> keys = new TreeSet<>();
            for (int i = from; i < Math.min(contacts.length, from + CHUNK); i++) {
                keys.add(key(job, contacts[i]));
            }
            bounded(queue(ignite).removeAllAsync(keys));
        }
    }

    private long[] contactsOf(Ignite ignite, JobId job) {
        boolean server = !ignite.cluster().localNode().isClient();
        ClusterGroup holders =
                server ? ignite.cluster().forLocal() : ignite.cluster().forServers();
        return bounded(ignite.compute(holders).callAsync(new ContactsOfJob(job.value())));
    }

    private <T> T bounded(IgniteFuture<T> operation) {
        return operation.get(timeoutMillis);
    }

    private static IgniteCache<UUID, long[]> queue(Ignite ignite) {
        return ignite.cache(Caches.CONTACT_QUEUE);
    }

    private static UUID key(JobId job, long contact) {
        return new UUID(job.value(), contact);
    }

    private static Entry entry(ContactId contact, long[] value) {
        return new Entry(
                new ZoneId((int) value[ZONE]),
                new QueuedContact(
                        contact,
                        (int) value[VERSION],
                        (int) value[ATTEMPTS_MADE],
                        Instant.ofEpochMilli(value[NEXT_ATTEMPT])));
    }
}
