package dev.paddock.local.model;

import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The guards that come with the suite, each made for one base's very files. */
public final class StarterGuard {
    /** The model name that the guard is deployed under. */
    public static final String NAME = "starter-guard";

    private final Path folder;

    public StarterGuard(Path folder) {
        this.folder = folder;
    }

    /** Those in the checkout. */
    public static StarterGuard ofCheckout() {
        String checkout = System.getenv("PADDOCK_CHECKOUT");
        return new StarterGuard(Path.of(checkout == null ? "." : checkout, "gpu-worker", "starter-guard"));
    }

    /** The folder of the guard whose {@code paddock.json} names the base's digest. */
    public Optional<Path> fitting(String baseDigest) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> guards = Files.list(folder)) {
            return guards.sorted()
                    .filter(guard -> Files.isRegularFile(guard.resolve("paddock.json")))
                    .filter(guard -> trainedOn(guard.resolve("paddock.json")).equals(baseDigest))
                    .findFirst();
        } catch (IOException e) {
            throw new UserError("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Puts the fitting guard on record for a registered base version; empty when none fits. */
    public Optional<JsonNode> register(JsonNode base, ModelImport imports) {
        return fitting(base.path("digest").asString())
                .map(guard -> imports.guard(
                        NAME + "-" + guard.getFileName(),
                        guard,
                        base.path("id").asString(),
                        "this project's starter guard"));
    }

    private static String trainedOn(Path file) {
        try {
            return JsonMapper.shared()
                    .readTree(Files.readString(file))
                    .path("baseDigest")
                    .asString("");
        } catch (IOException | JacksonException e) {
            throw new UserError("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
