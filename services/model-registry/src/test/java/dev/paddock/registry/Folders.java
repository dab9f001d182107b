package dev.paddock.registry;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.testkit.TestInfrastructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/** Artifact folders with unique bytes; registry never looks into weights, so any bytes stand for them. */
final class Folders {
    private Folders() {}

    static String base(ArtifactStore store) throws IOException {
        return put(store, Map.of("config.json", "{}", "model.safetensors", "base " + UUID.randomUUID()));
    }

    static String gguf(ArtifactStore store) throws IOException {
        return put(store, Map.of("model.gguf", "GGUF " + UUID.randomUUID()));
    }

    static String adapter(ArtifactStore store, String baseDigest) throws IOException {
        return put(
                store,
                Map.of(
                        "adapter_config.json", "{\"peft_type\":\"LORA\"}",
                        "adapter_model.safetensors", "adapter " + UUID.randomUUID(),
                        "paddock.json", "{\"baseDigest\":\"" + baseDigest + "\"}"));
    }

    static String put(ArtifactStore store, Map<String, String> files) throws IOException {
        Path folder = Files.createTempDirectory("paddock-folder");
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            return store.putFolder(folder).value();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    /** Spoils a file of a stored folder, past the store. */
    static void changeOneByte(ArtifactStore store, String folder, String path) throws IOException {
        String hex = new Digest(store.manifest(new Digest(folder)).file(path).digest()).hex();
        Path blob = TestInfrastructure.get()
                .folder("artifacts")
                .resolve("blobs")
                .resolve(hex.substring(0, 2))
                .resolve(hex);
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.setPosixFilePermissions(blob, PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(blob, bytes);
    }
}
