package dev.paddock.registry.artifact;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderZip;
import dev.paddock.kit.artifacts.FolderZip.Content;
import dev.paddock.kit.artifacts.ManifestFile;
import dev.paddock.kit.identity.ServiceClients;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Stored folders as ZIP streams. What can go wrong before the first byte is a problem when the content is asked for. */
@Component
public class Downloads {
    private static final Duration LONGEST = Duration.ofHours(2);

    private final ArtifactStore store;
    private final ArtifactInspector inspector;
    private final ServiceClients clients;

    public Downloads(ArtifactStore store, ArtifactInspector inspector, ServiceClients clients) {
        this.store = store;
        this.inspector = inspector;
        this.clients = clients;
    }

    /** The folder's files as they were stored. */
    public Content stored(String digest) {
        Map<String, Content> files = new LinkedHashMap<>();
        for (ManifestFile file : inspector.manifest(digest).files()) {
            files.put(file.path(), target -> {
                try (InputStream content = store.open(new Digest(file.digest()))) {
                    content.transferTo(target);
                }
            });
        }
        return target -> FolderZip.write(files, target);
    }

    /** Whether a whole model's folder holds a GGUF file. */
    public boolean isGguf(String digest) {
        return inspector.manifest(digest).files().stream()
                .anyMatch(file -> file.path().endsWith(".gguf"));
    }

    /** A whole model as a Hugging Face folder, which a worker writes: only the engine reads GGUF. */
    public Content huggingFace(String tenant, String digest) {
        inspector.manifest(digest);
        return sent(tenant, "/internal/v1/bases/{digest}/huggingface", digest);
    }

    /** A whole model as a GGUF file. */
    public Content gguf(String tenant, String digest, GgufType type) {
        inspector.manifest(digest);
        return sent(tenant, "/internal/v1/bases/{digest}/gguf?type={type}", digest, type);
    }

    /** A model with an adapter merged into it as a GGUF file. */
    public Content mergedGguf(String tenant, String base, String adapter, GgufType type) {
        inspector.manifest(adapter);
        String path = "/internal/v1/bases/{digest}/gguf?type={type}&adapter={adapter}&merged=true";
        return sent(tenant, path, base, type, adapter);
    }

    /** An adapter by itself as a GGUF file. */
    public Content adapterGguf(String tenant, String base, String adapter) {
        inspector.manifest(adapter);
        return sent(tenant, "/internal/v1/bases/{digest}/gguf?adapter={adapter}", base, adapter);
    }

    private Content sent(String tenant, String path, Object... variables) {
        InputStream content = clients.stream("worker", tenant, LONGEST, path, variables);
        return target -> {
            try (content) {
                content.transferTo(target);
            }
        };
    }
}
