package dev.paddock.local.model;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The base models that can be pulled, from {@code models.yml}. */
public record ModelCatalogue(String defaultModel, Map<String, Model> models) {

    /** A base model by name with the sources that are tried in order. */
    public record Model(String name, String licence, String about, List<Source> sources) {}

    /** One place a model may come from. */
    public sealed interface Source {
        /** A folder or a .gguf file on this machine; null where the environment does not name it. */
        record Folder(@Nullable Path path, String named) implements Source {}

        /** Files of one revision of a repository of the Hugging Face hub. */
        record Hub(String repository, String revision, List<String> files) implements Source {}

        /** One file of a Python package, with its size in bytes and its SHA-256 in lower-case hexadecimal. */
        record Wheel(String distribution, String version, String file, long bytes, String sha256) implements Source {}
    }

    /** Reads the home's own list, else the one that comes with the suite. */
    public static ModelCatalogue of(Home home) {
        Path own = home.root().resolve("models.yml");
        try (InputStream in = Files.isRegularFile(own)
                ? Files.newInputStream(own)
                : Objects.requireNonNull(ModelCatalogue.class.getResourceAsStream("/paddock/models.yml"))) {
            return read(new Yaml(new SafeConstructor(new LoaderOptions())).load(in), System.getenv());
        } catch (IOException | YAMLException | ClassCastException e) {
            throw new UserError("the list of models cannot be read (" + own + "): " + e.getMessage(), e);
        }
    }

    static ModelCatalogue read(Map<String, Object> yaml, Map<String, String> environment) {
        Map<String, Model> models = new TreeMap<>();
        map(yaml.get("models")).forEach((name, entry) -> models.put(name, model(name, map(entry), environment)));
        return new ModelCatalogue(text(yaml, "default"), models);
    }

    private static Model model(String name, Map<String, Object> entry, Map<String, String> environment) {
        List<Source> sources = new ArrayList<>();
        for (Object source : (List<?>) Objects.requireNonNullElse(entry.get("sources"), List.of())) {
            sources.add(source(map(source), environment));
        }
        return new Model(name, text(entry, "licence"), text(entry, "about"), List.copyOf(sources));
    }

    private static Source source(Map<String, Object> entry, Map<String, String> environment) {
        if (entry.containsKey("folder")) {
            String named = text(entry, "folder");
            String value = named.startsWith("$") ? environment.get(named.substring(1)) : named;
            return new Source.Folder(value == null || value.isBlank() ? null : Path.of(value), named);
        }
        if (entry.containsKey("hub")) {
            List<String> files = ((List<?>) Objects.requireNonNull(entry.get("files")))
                    .stream().map(String::valueOf).toList();
            return new Source.Hub(text(entry, "hub"), text(entry, "revision"), files);
        }
        if (entry.containsKey("wheel")) {
            return new Source.Wheel(
                    text(entry, "wheel"),
                    text(entry, "version"),
                    text(entry, "file"),
                    Long.parseLong(text(entry, "bytes")),
                    text(entry, "sha256"));
        }
        throw new UserError("models.yml: a source is one of folder, hub or wheel, not " + entry.keySet());
    }

    /** The model of that name; an unknown one is an error that lists the known ones. */
    public Model require(String name) {
        Model model = models.get(name);
        if (model == null) {
            throw new UserError("unknown model '" + name + "'. models.yml knows " + String.join(", ", models.keySet())
                    + "; a folder or .gguf file can be pulled by its path.");
        }
        return model;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNullElse(value, Map.of());
    }

    private static String text(Map<String, Object> entry, String key) {
        Object value = entry.get(key);
        if (value == null) {
            throw new UserError("models.yml: '" + key + "' is missing in " + entry.keySet());
        }
        return String.valueOf(value);
    }
}
