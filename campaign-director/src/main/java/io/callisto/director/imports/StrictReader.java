package io.callisto.director.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes a file and, where its bytes are not of the charset, says where: {@code InputStreamReader} either replaces
 * them or does
 * not tell the place. Skips a UTF-8 byte order mark. Used by one thread.
 */
final class StrictReader extends Reader {
    private static final int BUFFER = 1 << 14;

    private final InputStream in;
    private final Charset charset;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private long bytesRead;
    private long line = 1;
    private boolean begun;
    private boolean ended;

    StrictReader(InputStream in, Charset charset) {
        this.in = in;
        this.charset = charset;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public int read(char[] chars, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!begun) {
            begun = true;
            skipMark();
        }
        CharBuffer out = CharBuffer.wrap(chars, offset, length);
        while (true) {
            CoderResult result = decoder.decode(bytes, out, ended);
            int produced = out.position() - offset;
            // What comes before a bad byte is handed out first; the next call meets that byte again, with nothing
            // before it.
            if (produced > 0) {
                countLines(chars, offset, produced);
                return produced;
            }
            if (result.isError()) {
                throw badByte();
            }
            if (result.isOverflow()) {
                throw new IOException("a buffer of " + length + " characters is too small");
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read < 0) {
            ended = true;
        } else {
            bytes.position(bytes.position() + read);
            bytesRead += read;
        }
        bytes.flip();
    }

    private void skipMark() throws IOException {
        while (bytes.remaining() < 3 && !ended) {
            fill();
        }
        int first = at(0);
        int second = at(1);
        if ((first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE)) {
            throw new UnreadableFile("the file is UTF-16 (it begins with that byte order mark); save it as UTF-8");
        }
        if (first == 0xEF && second == 0xBB && at(2) == 0xBF) {
            if (!charset.equals(StandardCharsets.UTF_8)) {
                throw new UnreadableFile("the file begins with the byte order mark of UTF-8, but option charset is "
                        + charset + "; leave that option out");
            }
            bytes.position(bytes.position() + 3);
        }
    }

    private int at(int index) {
        return index < bytes.remaining() ? bytes.get(bytes.position() + index) & 0xFF : -1;
    }

    /** A line ends with its line feed; files whose lines end with a lone carriage return count as one line here. */
    private void countLines(char[] chars, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (chars[i] == '\n') {
                line++;
            }
        }
    }

    private UnreadableFile badByte() {
        String advice = charset.equals(StandardCharsets.UTF_8)
                ? "save the file as UTF-8, or import it with option charset ISO-8859-1 or windows-1252"
                : "check option charset";
        return new UnreadableFile(String.format(
                "the file is not valid %s: line %d, byte offset %d, byte 0x%02X; %s",
                charset, line, bytesRead - bytes.remaining(), at(0), advice));
    }
}
