package io.callisto.console.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A row of {@code trusted_certificate}.
 *
 * @param id for paging
 * @param alias short name
 * @param certificate of the authority
 * @param addedAt when
 * @param addedBy whom by
 */
record TrustedRow(long id, String alias, X509Certificate certificate, Instant addedAt, String addedBy) {}
