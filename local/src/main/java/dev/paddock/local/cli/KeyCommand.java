package dev.paddock.local.cli;

import dev.paddock.local.client.RestApi;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Application keys for {@code /v1}. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(create | list | revoke)",
        description = "Application keys for the OpenAI-compatible API.")
final class KeyCommand {
    @Spec
    private CommandSpec spec;

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a key and prints its value alone; it cannot be shown again.")
    int create(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--expires-in",
                            paramLabel = "DURATION",
                            description =
                                    "ISO-8601 duration, for example P30D; without it the key lasts until it is revoked.")
                    @org.jspecify.annotations.Nullable String expiresIn) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("name", name));
        if (expiresIn != null) {
            body.put("expiresIn", expiresIn);
        }
        out().println(platform()
                .post("/api/v1/keys", body, UUID.randomUUID().toString())
                .path("value")
                .asString());
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the keys, never their values.")
    int list() {
        String cursor = "";
        do {
            JsonNode page = platform().get("/api/v1/keys?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            for (JsonNode key : page.path("items")) {
                out().printf(
                                "%s  %-20s  %-8s  expires %s%n",
                                key.path("id").asString(),
                                key.path("name").asString(),
                                key.path("state").asString(),
                                key.path("expiresAt").asString("never"));
            }
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        return 0;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Makes a key worthless at once.")
    int revoke(@Parameters(paramLabel = "ID", description = "The id that 'key list' shows.") String id) {
        platform().delete("/api/v1/keys/" + id);
        out().println("revoked " + id);
        return 0;
    }

    private static RestApi platform() {
        return LocalSuite.running().as("platform");
    }
}
