package dev.paddock.registry.artifact;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.DamagedArtifactException;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.Manifest;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.registry.RegistryProblem;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads every byte of an artifact again, and the facts that an adapter's own {@code paddock.json} states. */
@Component
public class ArtifactInspector {
    private static final int LARGEST_FACTS = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ArtifactStore store;

    public ArtifactInspector(ArtifactStore store) {
        this.store = store;
    }

    /** What is wrong with the stored bytes, if anything; reads all of them. */
    public Optional<String> fault(String digest) {
        try {
            store.verify(new Digest(digest));
            return Optional.empty();
        } catch (DamagedArtifactException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            return Optional.of(digest + " is not in the artifact store");
        } catch (IOException e) {
            throw unreadable(digest, e);
        }
    }

    /** The files of a folder that is in the store, every byte as it should be. */
    public Manifest requireIntact(String digest) {
        Manifest manifest = manifest(digest);
        fault(digest).ifPresent(fault -> {
            throw new ProblemException(
                    RegistryProblem.UNFIT_ARTIFACT, "the artifact is damaged: " + fault + ": store it again");
        });
        return manifest;
    }

    /** The digest of the base that an adapter folder says it was trained on. */
    public String trainedOn(String digest, Manifest manifest) {
        boolean names = manifest.files().stream().anyMatch(file -> file.path().equals("paddock.json"));
        JsonNode base = names ? read(manifest, "paddock.json").path("baseDigest") : JSON.missingNode();
        if (!base.isString()) {
            throw new ProblemException(
                    RegistryProblem.UNFIT_ARTIFACT,
                    "adapter " + digest + " names no base: its paddock.json must state baseDigest");
        }
        return base.asString();
    }

    Manifest manifest(String digest) {
        try {
            return store.manifest(new Digest(digest));
        } catch (NoSuchFileException e) {
            throw new ProblemException(
                    RegistryProblem.UNKNOWN_ARTIFACT,
                    "digest is " + digest + ": put the folder into the artifact store first",
                    e);
        } catch (DamagedArtifactException e) {
            throw new ProblemException(RegistryProblem.UNFIT_ARTIFACT, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unreadable(digest, e);
        }
    }

    private JsonNode read(Manifest manifest, String path) {
        Digest blob = new Digest(manifest.file(path).digest());
        try (var content = store.open(blob)) {
            return JSON.readTree(content.readNBytes(LARGEST_FACTS));
        } catch (JacksonException e) {
            throw new ProblemException(RegistryProblem.UNFIT_ARTIFACT, path + " is no JSON document", e);
        } catch (IOException e) {
            throw unreadable(blob.value(), e);
        }
    }

    private static ProblemException unreadable(String digest, IOException cause) {
        return new ProblemException(
                CommonProblem.UNAVAILABLE, "the artifact store cannot read " + digest + " now: try again", cause);
    }
}
