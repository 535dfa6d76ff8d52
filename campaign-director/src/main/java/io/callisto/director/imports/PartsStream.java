package io.callisto.director.imports;

import java.io.InputStream;
import java.util.Optional;

/** The parts of a file as one stream, of which one part is in memory at a time. Used by one thread. */
final class PartsStream extends InputStream {
    private final Source source;
    private byte[] content = new byte[0];
    private int position;
    private int number = Integer.MIN_VALUE;
    private boolean ended;

    /** Where the parts come from. */
    @FunctionalInterface
    interface Source {
        /** The part with the lowest number above {@code number}. */
        Optional<Part> after(int number);
    }

    /** A part of a file. */
    static final class Part {
        private final int number;
        private final byte[] content;

        Part(int number, byte[] content) {
            this.number = number;
            this.content = content;
        }
    }

    PartsStream(Source source) {
        this.source = source;
    }

    @Override
    public int read() {
        return advance() ? content[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        int count = Math.min(length, content.length - position);
        System.arraycopy(content, position, bytes, offset, count);
        position += count;
        return count;
    }

    private boolean advance() {
        while (position == content.length && !ended) {
            Optional<Part> part = source.after(number);
            ended = part.isEmpty();
            number = part.map(next -> next.number).orElse(number);
            content = part.map(next -> next.content).orElseGet(() -> new byte[0]);
            position = 0;
        }
        return !ended;
    }
}
