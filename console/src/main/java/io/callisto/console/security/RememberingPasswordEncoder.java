package io.callisto.console.security;

import io.callisto.domain.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Remembers for a while which password fitted which stored hash, so that a client that polls does not cost a bcrypt
 * each time. What is kept is a MAC under a key that this process made and never tells; a changed password has another
 * stored hash and so is never found here. Thread-safe.
 */
final class RememberingPasswordEncoder implements PasswordEncoder {
    /** Most hashes remembered at once; past it all are forgotten, which only costs time. */
    private static final int CAPACITY = 1000;

    private static final String ALGORITHM = "HmacSHA256";

    private final PasswordEncoder slow;
    private final Ticker ticker;
    private final long memoryNanos;
    private final SecretKeySpec key;
    private final ConcurrentMap<String, Fit> fits = new ConcurrentHashMap<>();

    /**
     * @param slow the real one
     * @param memory how long a fit is remembered
     * @param key random, of this process only
     */
    RememberingPasswordEncoder(PasswordEncoder slow, Ticker ticker, Duration memory, byte[] key) {
        this.slow = slow;
        this.ticker = ticker;
        this.memoryNanos = memory.toNanos();
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    @SuppressWarnings("ArrayRecordComponent") // private, compared by MessageDigest.isEqual only
    private record Fit(byte[] mac, long untilNanos) {}

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return slow.encode(password);
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        if (password == null || hash == null) {
            return false;
        }
        byte[] mac = mac(password);
        Fit known = fits.get(hash);
        if (known != null && ticker.nanos() - known.untilNanos() < 0 && MessageDigest.isEqual(known.mac(), mac)) {
            return true;
        }
        boolean fit = slow.matches(password, hash);
        if (fit) {
            if (fits.size() >= CAPACITY) {
                fits.clear();
            }
            fits.put(hash, new Fit(mac, ticker.nanos() + memoryNanos));
        }
        return fit;
    }

    private byte[] mac(CharSequence password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(password.toString().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
