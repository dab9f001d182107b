package dev.paddock.registry.imports;

import dev.paddock.kit.artifacts.Manifest;
import dev.paddock.kit.artifacts.ManifestFile;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.registry.RegistryProblem;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a folder has the files that its kind needs; what stands in them is the engine's to judge. */
final class FolderLayout {
    private FolderLayout() {}

    static void requireBase(String format, Manifest manifest) {
        boolean fits = format.equals("gguf")
                ? manifest.files().stream()
                                .filter(file -> file.path().endsWith(".gguf"))
                                .count()
                        == 1
                : has(manifest, "config.json")
                        && manifest.files().stream()
                                .anyMatch(file -> file.path().endsWith(".safetensors"));
        require(
                fits,
                manifest,
                format.equals("gguf") ? "exactly one .gguf file" : "config.json and at least one .safetensors file");
    }

    static void requireAdapter(Manifest manifest) {
        require(
                has(manifest, "adapter_config.json") && has(manifest, "adapter_model.safetensors"),
                manifest,
                "adapter_config.json and adapter_model.safetensors");
    }

    private static boolean has(Manifest manifest, String path) {
        return paths(manifest).contains(path);
    }

    private static List<String> paths(Manifest manifest) {
        return manifest.files().stream().map(ManifestFile::path).toList();
    }

    private static void require(boolean fits, Manifest manifest, String needed) {
        if (!fits) {
            String found = paths(manifest).stream().limit(10).collect(Collectors.joining(", "));
            throw new ProblemException(
                    RegistryProblem.UNFIT_ARTIFACT, "the folder needs " + needed + " and holds " + found);
        }
    }
}
