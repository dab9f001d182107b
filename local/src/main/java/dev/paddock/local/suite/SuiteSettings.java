package dev.paddock.local.suite;

import dev.paddock.embedded.DatabaseAccess;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.Ports;
import dev.paddock.local.home.Secrets;
import java.util.Map;
import java.util.TreeMap;

/** The settings that the local suite gives to each part; everything else is the part's own default. */
final class SuiteSettings {
    private final Home home;
    private final Ports ports;
    private final Secrets secrets;

    SuiteSettings(Home home, Ports ports, Secrets secrets) {
        this.home = home;
        this.ports = ports;
        this.secrets = secrets;
    }

    Map<String, String> service(String name, DatabaseAccess database) {
        Map<String, String> settings = common(name);
        settings.put("spring.datasource.url", database.jdbcUrl());
        settings.put("spring.datasource.username", database.role());
        settings.put("spring.datasource.password", database.password());
        if (name.equals(Ports.GATEWAY)) {
            settings.put("paddock.identity.embedded", "true");
            settings.put("paddock.identity.signing-key", home.signingKey().toString());
            secrets.clients()
                    .forEach(
                            (client, secret) -> settings.put("paddock.identity.clients." + client + ".secret", secret));
        }
        return settings;
    }

    Map<String, String> worker(String name, String role) {
        Map<String, String> settings = common(name);
        settings.put("paddock.worker.roles", role);
        settings.put("paddock.worker.id", name);
        settings.put("paddock.worker.cache", home.worker().resolve(name).toString());
        return settings;
    }

    private Map<String, String> common(String part) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", String.valueOf(ports.of(part)));
        settings.put("spring.kafka.bootstrap-servers", "127.0.0.1:" + ports.of("kafka"));
        settings.put("paddock.identity.issuer", gateway(ports));
        settings.put("paddock.identity.token-uri", gateway(ports) + "/oauth2/token");
        settings.put("paddock.identity.jwk-set-uri", gateway(ports) + "/oauth2/jwks");
        String client = part.startsWith("worker") ? "worker" : part;
        settings.put("paddock.identity.client-id", client);
        settings.put("paddock.identity.client-secret", secrets.client(client));
        settings.put("paddock.artifacts.folder", home.artifacts().toString());
        for (Services service : Services.inOrder()) {
            settings.put("paddock.services." + service.id(), url(ports.of(service.id())));
        }
        settings.put("paddock.services.worker", url(ports.of("worker-serving")));
        settings.put("paddock.services.worker-training", url(ports.of("worker-training")));
        return settings;
    }

    static String gateway(Ports ports) {
        return url(ports.of(Ports.GATEWAY));
    }

    static String url(int port) {
        return "http://127.0.0.1:" + port;
    }
}
