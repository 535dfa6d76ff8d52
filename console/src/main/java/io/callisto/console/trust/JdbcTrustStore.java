package io.callisto.console.trust;

import io.callisto.certificates.CertificateReport;
import io.callisto.certificates.Pem;
import io.callisto.console.sql.Columns;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code trusted_certificate} and {@code certificate_in_use}. Thread-safe. */
final class JdbcTrustStore {
    private final JdbcClient jdbc;

    JdbcTrustStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<TrustedRow> all() {
        return jdbc.sql("""
                        select trusted_certificate_id, alias, certificate, added_at, added_by from trusted_certificate
                         order by trusted_certificate_id
                        """).query(JdbcTrustStore::row).list();
    }

    /** All of them, which nobody else can change before the end of the transaction. */
    List<TrustedRow> allLocked() {
        jdbc.sql("lock table trusted_certificate in share row exclusive mode").update();
        return all();
    }

    /** Whether it is new. */
    boolean insert(String alias, X509Certificate certificate, String by) {
        return jdbc.sql("""
                        insert into trusted_certificate (alias, fingerprint, certificate, added_by)
                        values (:alias, :fingerprint, :certificate, :by) on conflict do nothing
                        """)
                        .param("alias", alias)
                        .param("fingerprint", CertificateReport.fingerprint(certificate))
                        .param("certificate", encoded(certificate))
                        .param("by", by)
                        .update()
                == 1;
    }

    boolean delete(String alias) {
        return jdbc.sql("delete from trusted_certificate where alias = :alias")
                        .param("alias", alias)
                        .update()
                == 1;
    }

    Instant now() {
        return jdbc.sql("select clock_timestamp() as at")
                .query((row, number) -> Columns.instant(row, "at"))
                .single();
    }

    /** Says what a server shows. */
    void show(String server, List<X509Certificate> chain) {
        jdbc.sql("""
                        insert into certificate_in_use (server, chain) values (:server, :chain)
                        on conflict (server) do update set chain = excluded.chain, seen_at = clock_timestamp()
                        """).param("server", server).param("chain", Pem.of(chain)).update();
    }

    /** What servers show, those left out that have not been seen for a day. */
    Map<String, List<X509Certificate>> shown() {
        Map<String, List<X509Certificate>> found = new HashMap<>();
        jdbc.sql("""
                        select server, chain from certificate_in_use
                         where seen_at > clock_timestamp() - interval '1 day'
                        """).query(row -> {
            found.put(
                    row.getString("server"),
                    Pem.certificates(row.getString("chain").getBytes(StandardCharsets.US_ASCII)));
        });
        return found;
    }

    private static TrustedRow row(ResultSet row, int number) throws SQLException {
        return new TrustedRow(
                row.getLong("trusted_certificate_id"),
                Columns.text(row, "alias"),
                Pem.certificates(row.getBytes("certificate")).get(0),
                Columns.instant(row, "added_at"),
                Columns.text(row, "added_by"));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate has its encoding", e);
        }
    }
}
