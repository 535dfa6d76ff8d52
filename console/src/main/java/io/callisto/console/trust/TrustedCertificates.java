package io.callisto.console.trust;

import java.util.List;

/**
 * All trusted certificates: there are never many.
 *
 * @param items in the order of their import
 */
record TrustedCertificates(List<TrustedCertificate> items) {
    TrustedCertificates {
        items = List.copyOf(items);
    }
}
