package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.SavedModule;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.ScalarType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts without tensors are those of the engine's own buffers. */
class ParameterCountsTest {
    static Stream<Adaptation> adaptations() {
        LoraSettings lora = LoraSettings.of(3, 6);
        return Stream.concat(
                Stream.of(AdapterForm.values())
                        .filter(form -> form != AdapterForm.ROUTED)
                        .map(form -> Adaptation.lora(lora.withForm(form))),
                Stream.of(
                        Adaptation.gates(RandomAdapters.routing(RandomModel.config(true, false), 3, 2)),
                        Adaptation.full(),
                        Adaptation.full().withLabels(4),
                        Adaptation.lora(lora).withLabels(7),
                        Adaptation.lora(lora).withModules(Set.of(SavedModule.EMBED_TOKENS, SavedModule.NORM)),
                        Adaptation.lora(new LoraSettings(
                                AdapterForm.DORA,
                                4,
                                8,
                                0,
                                EnumSet.of(Projection.Q_PROJ, Projection.DOWN_PROJ),
                                false,
                                Set.of(1),
                                Map.of("q_proj", 2),
                                Map.of(),
                                Initialization.DEFAULT))));
    }

    @ParameterizedTest
    @MethodSource("adaptations")
    void areThoseOfTheEngine(Adaptation adaptation) {
        for (boolean tied : List.of(true, false)) {
            LlamaConfig config = RandomModel.config(tied, !tied);
            TrainingSettings settings = new TrainingSettings(
                    1, 1, 16, true, 1, new LearningRate(0.1, 0, 0), AdamW.DEFAULT, 1, 1, ScalarType.FLOAT32);
            List<TrainingExample> rows = List.of(TrainingExample.text(new int[] {1, 2, 3}));
            ParameterCounts counts = ParameterCounts.of(config, adaptation);
            try (RandomModel base = new RandomModel(config, 1);
                    TrainingSession session = new TrainingSession(base, adaptation, settings, rows)) {
                assertThat(counts.trained())
                        .isEqualTo(session.model().parameters().size());
                assertThat(counts.frozenMatrices() * Float.BYTES)
                        .isEqualTo(session.model().frozen().matrixBytes());
                boolean head = adaptation.labels() > 0;
                long all = base.names().stream()
                        .filter(name -> !head || !name.equals("lm_head.weight"))
                        .mapToLong(name -> base.info(name).elements())
                        .sum();
                assertThat(counts.whole() + counts.frozenMatrices() + counts.frozenOthers())
                        .isEqualTo(all);
            }
        }
    }
}
