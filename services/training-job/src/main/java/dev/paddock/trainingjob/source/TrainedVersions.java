package dev.paddock.trainingjob.source;

import dev.paddock.contracts.event.VersionRegistered;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.stereotype.Component;

/**
 * Learns what jobs made: models that can be adapted further, and adapters that can be merged. A version that gives labels writes no
 * texts and is neither.
 */
@Component
class TrainedVersions implements EventConsumer<VersionRegistered> {
    private static final String LABELS = "classifier.json";

    private final BaseVersions bases;
    private final AdapterVersions adapters;
    private final ArtifactStore artifacts;

    TrainedVersions(BaseVersions bases, AdapterVersions adapters, ArtifactStore artifacts) {
        this.bases = bases;
        this.adapters = adapters;
        this.artifacts = artifacts;
    }

    @Override
    public Class<VersionRegistered> type() {
        return VersionRegistered.class;
    }

    @Override
    public void on(VersionRegistered event, EventContext context) {
        if (givesLabels(event)) {
            return;
        }
        switch (event.kind()) {
            case "MODEL" ->
                bases.save(new BaseVersion(
                        event.versionId(), context.tenant(), event.name(), event.digest(), event.baseVersionId()));
            case "ADAPTER" ->
                adapters.save(new AdapterVersion(
                        event.versionId(),
                        context.tenant(),
                        event.name(),
                        event.digest(),
                        event.baseVersionId(),
                        event.baseDigest()));
            default -> {} // guards are not adapted further
        }
    }

    private boolean givesLabels(VersionRegistered event) {
        Digest folder = new Digest(event.digest());
        try {
            return artifacts.exists(folder)
                    && artifacts.manifest(folder).files().stream()
                            .anyMatch(file -> file.path().equals(LABELS));
        } catch (IOException e) {
            throw new UncheckedIOException("the artifact of version " + event.versionId() + " cannot be read", e);
        }
    }
}
