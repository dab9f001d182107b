package dev.paddock.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.SourceVersion;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.llama.adapter.RoutedFolder;
import dev.paddock.methods.training.TrainingCatalogue;
import dev.paddock.worker.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gates are trained over stored adapters of the tiny model, from the lease to the report. */
class MeteoraJobTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PARAMETERS = "{\"epochs\":1,\"sequenceLength\":64,\"precision\":\"fp32\"}";

    @TempDir
    private Path folder;

    private final RecordingLeases leases = new RecordingLeases();
    private FolderArtifactStore store;
    private TrainingOrder plain;
    private String adapter;

    @BeforeEach
    void anAdapterIsStored() throws IOException {
        store = new FolderArtifactStore(folder.resolve("store"));
        plain = TinyJob.order(store, folder, "meteora", PARAMETERS);
        adapter = TestModels.adapter(store, folder.resolve("adapter"), 3);
    }

    @Test
    void theResultIsAnAdapterThatHoldsItsSourcesAndNamesThem() throws IOException {
        String other = TestModels.adapter(store, folder.resolve("other"), 4);
        SourceVersion first = source(adapter, plain.baseDigest());
        SourceVersion second = source(other, plain.baseDigest());
        run(first, second);
        assertThat(leases.failures).isEmpty();
        assertThat(leases.completions).singleElement().satisfies(report -> {
            assertThat(report.artifactKind()).isEqualTo("adapter");
            Path result = folder.resolve("result");
            store.materialize(new Digest(report.artifactDigest()), result);
            assertThat(RoutedFolder.names(result))
                    .containsExactly(
                            first.versionId().toString(), second.versionId().toString());
            assertThat(result.resolve("adapters/1/adapter_model.safetensors"))
                    .hasSameBinaryContentAs(folder.resolve("other/adapter_model.safetensors"));
            JsonNode facts = JSON.readTree(result.resolve("paddock.json"));
            assertThat(facts.path("sources").path(1).path("digest").asString()).isEqualTo(other);
            assertThat(facts.path("baseDigest").asString()).isEqualTo(plain.baseDigest());
        });
        assertThat(folder.resolve("jobs")).isEmptyDirectory();
    }

    @Test
    void sourcesAmongWhichNoGateCanChooseFailForGoodWithTheirName() throws IOException {
        SourceVersion whole = source(plain.baseDigest(), null);
        run(source(adapter, plain.baseDigest()), whole);
        run(source(adapter, plain.baseDigest()));
        assertThat(leases.completions).isEmpty();
        assertThat(leases.failures).noneMatch(failure -> failure.retryable());
        assertThat(leases.failures.get(0).cause())
                .contains("source " + whole.versionId() + " is a whole model", "adapters of the order's base");
        assertThat(leases.failures.get(1).cause()).contains("two adapters or more");
    }

    private void run(SourceVersion... sources) throws IOException {
        TrainingOrder order = new TrainingOrder(
                "routed",
                "meteora",
                "none",
                "sft",
                plain.parameters(),
                1,
                plain.baseVersionId(),
                plain.baseDigest(),
                plain.datasetVersionId(),
                plain.datasetDigest(),
                List.of(sources));
        new JobRunner(leases, store, TrainingCatalogue.load(), Files.createDirectories(folder.resolve("jobs")), "test")
                .run(TinyJob.lease(order, 1, null), () -> false);
    }

    private static SourceVersion source(String digest, @Nullable String baseDigest) {
        return new SourceVersion(
                UUID.randomUUID(), baseDigest == null ? "MODEL" : "ADAPTER", digest, baseDigest, null, 1);
    }
}
