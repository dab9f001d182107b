package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.catalogue.Parameters;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DeploymentChanged;
import dev.paddock.contracts.event.RegistryEvent;
import dev.paddock.llama.merge.MergeSource;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.methods.merging.MergingInput;
import dev.paddock.methods.merging.WeightMix;
import dev.paddock.methods.training.TrainingObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A model that was made whole is served by itself, as its base is with the adapter that it was made of, but for bf16 weights. */
class MergedModelServingTest extends WorkerStory {
    private static final String PROMPT = "\"prompts\":[\"Hello there, how are you today\"]";

    @Test
    void aMergedModelAnswersAsItsBaseWithTheAdapter() throws IOException {
        String base = base();
        String adapter = TestModels.adapter(store, temporary.resolve("adapter"), 5);
        String merged = merged(temporary.resolve("base"), temporary.resolve("adapter"));
        String scored = ",\"logprobs\":0,\"echo\":true";
        JsonNode apart = logprobs(request(base, adapter, PROMPT, 0, scored));
        JsonNode whole = logprobs(request(merged, null, PROMPT, 0, scored));
        JsonNode bare = logprobs(request(base, null, PROMPT, 0, scored));
        assertThat(whole.size()).isEqualTo(apart.size()).isGreaterThan(3);
        for (int i = 1; i < whole.size(); i++) {
            assertThat(logprob(whole, i)).isCloseTo(logprob(apart, i), within(0.05));
        }
        assertThat(logprob(whole, 2)).isNotCloseTo(logprob(bare, 2), within(0.2));
    }

    @Test
    void aDeployedModelIsLoadedAsItsOwnBase() throws Exception {
        Path folder = temporary.resolve("deployed");
        TestModels.base(store, folder, "deployed whole");
        String adapter = TestModels.adapter(store, temporary.resolve("adapter"), 6);
        String merged = merged(folder, temporary.resolve("adapter"));
        assertThat(adapter).isNotEqualTo(merged);
        REGISTRY.deploy("""
                [{"model":"w","versionId":"%1$s","kind":"MODEL","digest":"%2$s","baseVersionId":"%1$s","baseName":"w",
                  "baseDigest":"%2$s","deployedAt":"2026-01-01T00:00:00Z","tenant":"default"}]
                """.formatted(UUID.randomUUID(), merged));
        DeploymentChanged changed = new DeploymentChanged(UUID.randomUUID(), "w", null, "LIVE", "approver");
        String event = CloudEvents.write(
                CloudEvents.wrap(changed, "model-registry", "default", UUID.randomUUID(), Instant.now()));
        await(() -> {
            kafka.send(RegistryEvent.TOPIC, changed.subject(), event).join();
            return service().get("/internal/v1/worker").text().contains(merged);
        });
        REGISTRY.deploy("[]");
    }

    private JsonNode logprobs(String request) {
        return service()
                .post(COMPLETIONS, request)
                .json()
                .path("completions")
                .path(0)
                .path("logprobs");
    }

    private static double logprob(JsonNode tokens, int at) {
        return tokens.path(at).path("logprob").asDouble();
    }

    private String merged(Path base, Path adapter) throws IOException {
        Path output = Files.createDirectories(temporary.resolve("merged"));
        MergingInput.Source source = new MergingInput.Source(new MergeSource("adapter", base, adapter), null, 1);
        new WeightMix()
                .merge(
                        Parameters.of(WeightMix.Params.class).defaults(),
                        new MergingInput(base, List.of(source), output, 1),
                        new Silent());
        return store.putFolder(output).value();
    }

    /** Nobody listens. */
    private static final class Silent implements TrainingObserver {
        @Override
        public void progressed(TrainingProgress progress) {}

        @Override
        public void checkpointed(int step, Path checkpoint) {}

        @Override
        public void log(String line) {}
    }
}
