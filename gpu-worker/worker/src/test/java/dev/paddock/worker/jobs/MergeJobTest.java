package dev.paddock.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.SourceVersion;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderArtifactStore;
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

/** A merge of the tiny model with its adapter, from the lease to the report. */
class MergeJobTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private final RecordingLeases leases = new RecordingLeases();
    private FolderArtifactStore store;
    private String base;
    private @Nullable String dataset;

    @BeforeEach
    void aBaseIsStored() throws IOException {
        store = new FolderArtifactStore(folder.resolve("store"));
        base = TestModels.base(store, Files.createDirectories(folder.resolve("base")), "merge job");
    }

    @Test
    void aWholeModelIsStoredWithItsTokenizerAndWhatItWasMadeOf() throws IOException {
        String adapter = TestModels.adapter(store, folder.resolve("adapter"), 3);
        run("weight-mix", "{\"mergeMethod\":\"ties\"}", source(adapter, base), source(base, null));

        assertThat(leases.failures).isEmpty();
        assertThat(leases.completions).singleElement().satisfies(report -> {
            assertThat(report.artifactKind()).isEqualTo("model");
            Path result = folder.resolve("result");
            store.materialize(new Digest(report.artifactDigest()), result);
            assertThat(result)
                    .isDirectoryContaining("glob:**/model.safetensors")
                    .isDirectoryContaining("glob:**/tokenizer.json")
                    .isDirectoryContaining("glob:**/tokenizer_config.json")
                    .isDirectoryContaining("glob:**/config.json");
            JsonNode facts = JSON.readTree(result.resolve("paddock.json"));
            assertThat(facts.path("sources").path(0).path("digest").asString()).isEqualTo(adapter);
            assertThat(facts.path("baseDigest").asString()).isEqualTo(base);
            assertThat(facts.has("datasetDigest")).isFalse();
            assertThat(facts.path("environment").path("threads").asInt()).isPositive();
        });
        assertThat(folder.resolve("jobs")).isEmptyDirectory();
    }

    @Test
    void whatCannotBeMergedFailsForGoodWithItsReason() throws IOException {
        String broken = TestModels.truncated(store, Files.createDirectories(folder.resolve("broken")));
        run("weight-mix", "{\"mergeMethod\":\"slerp\"}", source(base, null));
        run("weight-mix", "{}", source(broken, null));
        run("weight-mix", "{}", source(base, broken));
        run("lora", "{}");
        assertThat(leases.completions).isEmpty();
        assertThat(leases.failures).noneMatch(failure -> failure.retryable());
        assertThat(leases.failures)
                .extracting(failure -> failure.code())
                .containsExactly("order-refused", "malformed-artifact", "malformed-artifact", "order-refused");
        assertThat(leases.failures.get(0).cause()).contains("between two sources");
        assertThat(leases.failures.get(3).cause()).contains("trains on rows");
    }

    @Test
    void aQuantizedVersionIsAModelWithItsMeasures() throws IOException {
        dataset = rows();
        run("gptq", "{\"bits\":3,\"sequenceLength\":32,\"calibrationSequences\":8}", source(base, null));
        assertThat(leases.failures).isEmpty();
        assertThat(leases.completions).singleElement().satisfies(report -> {
            assertThat(report.artifactKind()).isEqualTo("model");
            Path result = folder.resolve("result");
            store.materialize(new Digest(report.artifactDigest()), result);
            assertThat(result)
                    .isDirectoryContaining("glob:**/model.gguf")
                    .isDirectoryContaining("glob:**/quantization.json")
                    .isDirectoryContaining("glob:**/paddock.json");
        });
        dataset = null;
        run("gptq", "{}", source(base, null));
        run("rtn", "{\"groupSize\":40}", source(base, null));
        assertThat(leases.failures).extracting(failure -> failure.code()).containsOnly("order-refused");
        assertThat(leases.failures.get(0).cause()).contains("looks at rows");
        assertThat(leases.failures.get(1).cause()).contains("a multiple of 32");
    }

    /** A dataset version's folder. */
    private String rows() throws IOException {
        Path rows = Files.createDirectories(folder.resolve("rows"));
        String text = "Where is my parcel? It is on its way and comes on Monday, between nine and twelve. ";
        Files.writeString(rows.resolve("train.jsonl"), "{\"text\":\"" + text.repeat(40) + "\"}\n");
        return store.putFolder(rows).value();
    }

    private void run(String method, String parameters, SourceVersion... sources) throws IOException {
        TrainingOrder order = new TrainingOrder(
                "merge",
                method,
                "none",
                "none",
                JSON.readTree(parameters),
                1,
                new UUID(1, 1),
                base,
                dataset == null ? null : new UUID(2, 2),
                dataset,
                List.of(sources));
        new JobRunner(leases, store, TrainingCatalogue.load(), folder.resolve("jobs"), "test")
                .run(TinyJob.lease(order, 1, null), () -> false);
    }

    private static SourceVersion source(String digest, @Nullable String baseDigest) {
        return new SourceVersion(
                UUID.randomUUID(), baseDigest == null ? "BASE" : "ADAPTER", digest, baseDigest, null, 1);
    }
}
