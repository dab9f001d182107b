package dev.paddock.local.home;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The secrets of a local suite, made when its home is made: one for each user and service of the authorization server.
 * They stay in {@code secrets.json}, readable by its owner only.
 */
public record Secrets(Map<String, String> clients) {
    public static final List<String> USERS =
            List.of("steward", "engineer", "approver", "safety", "platform", "auditor");
    public static final List<String> SERVICES =
            List.of("dataset", "training-job", "model-registry", "safety-guard", "evaluation", "gateway");

    /** Reads the home's secrets, or makes them. */
    public static Secrets of(Home home) {
        Optional<Secrets> known = JsonFiles.read(home.secrets(), Secrets.class);
        if (known.isPresent()) {
            return known.get();
        }
        Secrets fresh = random(new SecureRandom());
        JsonFiles.writeAtomically(home.secrets(), fresh);
        return fresh;
    }

    static Secrets random(SecureRandom random) {
        Map<String, String> clients = new TreeMap<>();
        USERS.forEach(user -> clients.put(user, secret(random)));
        SERVICES.forEach(service -> clients.put(service, secret(random)));
        clients.put("worker", secret(random));
        return new Secrets(clients);
    }

    public String client(String name) {
        String secret = clients.get(name);
        if (secret == null) {
            throw unknown(name);
        }
        return secret;
    }

    /** Refuses whoever is not a person's user; services' secrets are theirs alone. */
    public static void requireUser(String name) {
        if (!USERS.contains(name)) {
            throw unknown(name);
        }
    }

    private static UserError unknown(String name) {
        return new UserError(
                "unknown user '" + name + "'. The users of the local suite are " + String.join(", ", USERS) + ".");
    }

    private static String secret(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Never prints what it holds. */
    @Override
    public String toString() {
        return "Secrets[" + clients.keySet() + "]";
    }
}
