package dev.paddock.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.tiny.TinyModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tiny model's starter guard as it is checked in. */
class TinyGuardTest {
    private static final Path GUARD = Path.of("..", "starter-guard", "tiny");

    @Test
    void namesTheTinyModelAndTheShortTaxonomy() throws IOException {
        JsonNode lineage = JsonMapper.shared().readTree(Files.readString(GUARD.resolve("paddock.json")));
        assertThat(lineage.path("baseDigest").asString()).isEqualTo(GuardRecipe.digest(TinyModelFiles.folder()));
        assertThat(lineage.path("taxonomy"))
                .isEqualTo(JsonMapper.shared().valueToTree(GuardTaxonomy.SHORT.categories()));
        assertThat(Files.size(GUARD.resolve("adapter_model.safetensors"))).isLessThan(512 * 1024);
    }

    @Test
    void judgesMostRowsRightlyAndBetterThanItsBase() throws IOException {
        GuardSettings settings = GuardSettings.recipe(GuardTaxonomy.SHORT, 7);
        GuardRecipe recipe = new GuardRecipe(TinyModelFiles.folder(), GuardTaxonomy.SHORT, null, settings);
        GuardQuality quality = recipe.measure(GUARD);
        assertThat(quality.accuracy()).isGreaterThan(0.8);
        assertThat(quality.auprc()).isGreaterThan(0.8);
        assertThat(quality.verdicts()).isEqualTo(1);
        assertThat(recipe.measure(null).accuracy()).isLessThan(0.7);
    }
}
