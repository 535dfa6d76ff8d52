package io.callisto.console.trust;

import io.callisto.certificates.CertificateReport;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.ProblemCode;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What may be trusted and what must stay trusted. Pure functions. */
final class TrustDecision {
    private TrustDecision() {}

    static void refuseDuplicate(List<TrustedRow> all, String alias, X509Certificate certificate) {
        for (TrustedRow row : all) {
            if (row.certificate().equals(certificate)) {
                throw new ApiProblem(
                        ProblemCode.ALREADY_EXISTS, "This certificate is trusted already, as " + row.alias() + ".");
            }
            if (row.alias().equals(alias)) {
                throw new ApiProblem(
                        ProblemCode.ALREADY_EXISTS,
                        "There is a trusted certificate " + alias + " already, another one: choose another alias.");
            }
        }
    }

    /** Why one must not be removed; empty: it may. */
    static Optional<String> refusal(TrustedRow wanted, List<TrustedRow> all, Map<String, List<X509Certificate>> shown) {
        List<X509Certificate> others = all.stream()
                .filter(row -> row.id() != wanted.id())
                .map(TrustedRow::certificate)
                .toList();
        if (others.isEmpty()) {
            return Optional.of("This is the last trusted certificate: without it nobody could connect. Import its"
                    + " successor first.");
        }
        TreeSet<String> stranded = new TreeSet<>();
        shown.forEach((server, chain) -> {
            if (CertificateReport.issuedByOneOf(chain, List.of(wanted.certificate()))
                    && !CertificateReport.issuedByOneOf(chain, others)) {
                stranded.add(server);
            }
        });
        return stranded.isEmpty()
                ? Optional.empty()
                : Optional.of("The certificates of " + String.join(", ", stranded)
                        + " were issued by it. Renew them with another authority first.");
    }

    static TrustedCertificate describe(TrustedRow row, Map<String, List<X509Certificate>> shown, Instant now) {
        CertificateReport report = CertificateReport.of(row.certificate());
        TreeSet<String> users = new TreeSet<>();
        List<String> warnings = new ArrayList<>(CertificateReport.warnings(row.certificate(), now));
        shown.forEach((server, chain) -> {
            if (CertificateReport.issuedByOneOf(chain, List.of(row.certificate()))) {
                users.add(server);
                CertificateReport.warnings(chain.get(0), now)
                        .forEach(warning -> warnings.add("certificate of " + server + ": " + warning));
            }
        });
        return new TrustedCertificate(
                row.alias(),
                report.subject(),
                report.issuer(),
                report.notBefore(),
                report.notAfter(),
                report.fingerprint(),
                report.key(),
                row.addedAt(),
                row.addedBy(),
                List.copyOf(users),
                List.copyOf(warnings));
    }
}
