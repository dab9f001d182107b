package dev.paddock.local.model;

import dev.paddock.contracts.guard.DefaultTaxonomy;
import dev.paddock.contracts.guard.GuardCategory;
import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The guards that come with the suite, each made for one base's very files. */
public final class StarterGuard {
    /** The model name that the guard is deployed under. */
    public static final String NAME = "starter-guard";

    private static final String LINEAGE = "paddock.json";

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
                    .filter(guard -> Files.isRegularFile(guard.resolve(LINEAGE)))
                    .filter(guard -> trainedOn(guard.resolve(LINEAGE)).equals(baseDigest))
                    .findFirst();
        } catch (IOException e) {
            throw new UserError("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Puts the fitting guard on record for a registered base version, and the default policy on its taxonomy. A guard with a taxonomy
     * of its own is a makeshift: where another guard is on record, that one judges.
     *
     * @return what was done, in words; empty when no guard fits
     */
    public Optional<String> register(JsonNode base, ModelImport imports, StarterPolicy policy) {
        return fitting(base.path("digest").asString()).map(guard -> {
            String name = NAME + "-" + guard.getFileName();
            List<GuardCategory> taxonomy = taxonomy(guard.resolve(LINEAGE));
            if (!taxonomy.equals(DefaultTaxonomy.CATEGORIES) && policy.hasOtherGuardThan(name)) {
                return "guarded by the guard that is on record already";
            }
            JsonNode version = imports.guard(name, guard, base.path("id").asString(), "this project's starter guard");
            policy.fit(version.path("id").asString(), taxonomy);
            return "guard " + name + "  " + version.path("digest").asString();
        });
    }

    private static String trainedOn(Path file) {
        return lineage(file).path("baseDigest").asString("");
    }

    private static List<GuardCategory> taxonomy(Path file) {
        JsonNode taxonomy = lineage(file).path("taxonomy");
        return taxonomy.isArray()
                ? JsonMapper.shared().convertValue(taxonomy, new TypeReference<>() {})
                : DefaultTaxonomy.CATEGORIES;
    }

    private static JsonNode lineage(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw new UserError("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
