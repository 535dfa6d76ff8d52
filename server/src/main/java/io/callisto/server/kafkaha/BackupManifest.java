package io.callisto.server.kafkaha;

import java.util.List;
import java.util.Map;

/**
 * What a backup holds: {@code manifest.json}, written last, so that a backup without it is no backup.
 *
 * @param format 1
 * @param clusterId where it was taken
 * @param takenAt when, for people
 * @param brokers id to {@code host:port}
 * @param topics with their settings
 * @param files records, one file per partition
 * @param revision present revision of the brokers' configuration; 0: none or not asked
 */
public record BackupManifest(
        int format,
        String clusterId,
        String takenAt,
        Map<Integer, String> brokers,
        List<TopicEntry> topics,
        List<FileEntry> files,
        int revision) {
    static final int FORMAT = 1;

    public BackupManifest {
        topics = List.copyOf(topics);
        files = List.copyOf(files);
    }

    /**
     * A topic.
     *
     * @param name its name
     * @param partitions how many
     * @param replicas how many
     * @param config what was set on the topic itself
     */
    public record TopicEntry(String name, int partitions, int replicas, Map<String, String> config) {}

    /**
     * A partition's records.
     *
     * @param name of the file in the backup
     * @param topic of the records
     * @param partition of the records
     * @param records how many
     * @param fromOffset of the first; -1: there is none
     * @param endOffset up to which they were read
     * @param sha256 of the file
     */
    public record FileEntry(
            String name, String topic, int partition, long records, long fromOffset, long endOffset, String sha256) {}

    /** All records of all files. */
    public long records() {
        return files.stream().mapToLong(FileEntry::records).sum();
    }
}
