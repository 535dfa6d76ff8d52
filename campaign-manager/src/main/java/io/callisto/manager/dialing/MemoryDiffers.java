package io.callisto.manager.dialing;

/** The duty's memory is not what the database holds: end the duty; the next one reads anew under the same lease. */
final class MemoryDiffers extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MemoryDiffers(String what) {
        super(what);
    }
}
