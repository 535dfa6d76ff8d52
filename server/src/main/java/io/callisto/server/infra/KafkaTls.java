package io.callisto.server.infra;

import io.callisto.certificates.Identity;
import io.callisto.outbox.kafka.ReloadingSslEngineFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a broker and controller speaks TLS, knows who calls, and lets nobody do what was not granted.
 *
 * @param keyStore its key and certificate, one PEM file; replaced while the broker goes on
 * @param trustStore who issues certificates that it accepts, one PEM file; replaced while the broker goes on
 */
public record KafkaTls(String keyStore, String trustStore) {
    /** Who may do everything: other brokers and Callisto's services. */
    static final String SUPER_USERS = "User:" + Identity.SERVER_PRINCIPAL + ";User:" + Identity.SERVICE_PRINCIPAL;

    /** Settings of the broker. */
    public Map<String, String> properties() {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("ssl.keystore.type", "PEM");
        p.put("ssl.keystore.location", keyStore);
        p.put("ssl.truststore.type", "PEM");
        p.put("ssl.truststore.location", trustStore);
        p.put("ssl.client.auth", "required");
        p.put("ssl.protocol", "TLSv1.3");
        p.put("ssl.enabled.protocols", "TLSv1.3,TLSv1.2");
        p.put("ssl.endpoint.identification.algorithm", "https");
        p.put("ssl.engine.factory.class", ReloadingSslEngineFactory.class.getName());
        p.put("ssl.principal.mapping.rules", Identity.PRINCIPAL_RULES);
        p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        p.put("allow.everyone.if.no.acl.found", "false");
        p.put("super.users", SUPER_USERS);
        return p;
    }
}
