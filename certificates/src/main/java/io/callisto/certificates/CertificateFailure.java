package io.callisto.certificates;

/** Something about certificates that cannot be done; the message is for an operator and says what to do. */
public final class CertificateFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CertificateFailure(String message) {
        super(message);
    }

    public CertificateFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
