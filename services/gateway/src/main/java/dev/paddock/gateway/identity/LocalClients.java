package dev.paddock.gateway.identity;

import dev.paddock.kit.identity.AccessRule;
import dev.paddock.kit.identity.Caller;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who can get tokens from the embedded authorization server: {@code paddock.identity.clients.<name>.secret}. A client that bears
 * a user role's name is that user; every other one is a service.
 *
 * @param embedded whether this gateway is the issuer
 * @param signingKey the file that keeps the signing key, made where it is missing
 */
@ConfigurationProperties("paddock.identity")
record LocalClients(
        @DefaultValue("false") boolean embedded,
        @Nullable Path signingKey,
        @DefaultValue Map<String, Client> clients) {

    /** A secret and, where it is not {@code default}, a tenant. */
    record Client(String secret, @DefaultValue("default") String tenant) {
        @Override
        public String toString() {
            return "Client[" + tenant + "]";
        }
    }

    LocalClients {
        clients = new TreeMap<>(clients);
        clients.forEach((name, client) -> {
            if (client.secret() == null || client.secret().length() < 16) {
                throw new IllegalArgumentException(
                        "paddock.identity.clients." + name + ".secret must have 16 characters or more");
            }
        });
    }

    static boolean isUser(String name) {
        return AccessRule.USER_ROLES.contains(name);
    }

    static Set<String> roles(String name) {
        return Set.of(isUser(name) ? name : Caller.SERVICE);
    }

    String tenant(String name) {
        Client client = clients.get(name);
        if (client == null) {
            throw new IllegalArgumentException("there is no client " + name);
        }
        return client.tenant();
    }
}
