package dev.paddock.local.model;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code HF_ENDPOINT}, {@code HF_TOKEN} and {@code HF_HUB_OFFLINE}, read as the Hugging Face tools read them. */
record HubSettings(URI endpoint, @Nullable String token, boolean offline) {
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

    static HubSettings fromEnvironment() {
        return of(System.getenv());
    }

    static HubSettings of(Map<String, String> environment) {
        String endpoint = environment.getOrDefault("HF_ENDPOINT", "").strip();
        String token = environment.getOrDefault("HF_TOKEN", "").strip();
        return new HubSettings(
                URI.create(endpoint.isEmpty() ? "https://huggingface.co" : endpoint.replaceAll("/+$", "")),
                token.isEmpty() ? null : token,
                TRUE.contains(
                        environment.getOrDefault("HF_HUB_OFFLINE", "").strip().toUpperCase(java.util.Locale.ROOT)));
    }

    /** Never prints the token. */
    @Override
    public String toString() {
        return "HubSettings[" + endpoint + ", token " + (token == null ? "none" : "set") + ", offline " + offline + "]";
    }
}
