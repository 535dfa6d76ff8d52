package io.callisto.domain.agent;

/**
 * How a call with an agent ended: a completion code by its text, the campaign's own or one of the system.
 *
 * @param text as in the catalogue of completion codes
 */
public record Disposition(String text) implements Comparable<Disposition> {
    /** The session could not be trusted any more, or the desktop was gone for good. */
    public static final Disposition DESKTOP_ERROR = new Disposition("Desktop Error");
    /** The customer answered and nobody was there in time. */
    public static final Disposition NUISANCE = new Disposition("Nuisance");

    private static final int LONGEST = 80;

    public Disposition {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException("a completion code has 1 to " + LONGEST + " characters");
        }
    }

    @Override
    public int compareTo(Disposition other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
