package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.catalogue.Parameters;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.training.TrainingOptions;
import dev.paddock.methods.adapter.LowRank;
import dev.paddock.methods.adapter.SeriesBottleneck;
import dev.paddock.methods.adapter.TargetModule;
import dev.paddock.methods.adapter.WeightDecomposed;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The order of a LoRA run in the field's terms. */
class LoraTest {
    private final Parameters<LowRank.Params> parameters = Parameters.of(LowRank.Params.class);

    @Test
    void allSevenLinearLayersAreTheDefault() {
        assertThat(parameters.defaults().adapter().targetModules()).containsExactly(TargetModule.values());
    }

    @Test
    void modulesAreNamedAsInPeft() {
        assertThat(parameters
                        .bind(json("{\"targetModules\":[\"v_proj\",\"q_proj\"]}"))
                        .adapter()
                        .targetModules())
                .containsExactly(TargetModule.QUERY, TargetModule.VALUE);
        assertThatThrownBy(() -> parameters.bind(json("{\"targetModules\":[\"query\"]}")))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("targetModules[0] = \"query\"")
                .hasMessageContaining("q_proj");
    }

    @Test
    void patternsAreBoundedInSizeAndValue() {
        assertThat(parameters
                        .bind(json("{\"rankPattern\":{\"v_proj\":4},\"alphaPattern\":{\"layers.0.*q_proj\":1.5}}"))
                        .adapter()
                        .rankPattern())
                .containsEntry("v_proj", 4);
        for (String bad :
                List.of("{\"v_proj\":0}", "{\"v_proj\":513}", "{\"v_proj\":null}", "{\"" + "q".repeat(201) + "\":4}")) {
            assertThatThrownBy(() -> parameters.bind(json("{\"rankPattern\":" + bad + "}")))
                    .as(bad)
                    .isInstanceOf(InvalidParametersException.class)
                    .hasMessageContaining("rankPattern");
        }
    }

    @Test
    void theRatioOfLoraPlusRaisesTheRateOfEveryB() {
        TrainingOptions options =
                new LowRank().options(parameters.bind(json("{\"loraplusLrRatio\":16}")), TrainingOptions.NONE);
        assertThat(options.adapterRatio()).isEqualTo(16);
        TrainingOptions dora = new WeightDecomposed()
                .options(
                        Parameters.of(WeightDecomposed.Params.class).bind(json("{\"loraplusLrRatio\":4}")),
                        TrainingOptions.NONE);
        assertThat(dora.adapterRatio()).isEqualTo(4);
    }

    @Test
    void aSeriesAdapterBeforeALayerIsRefusedWithTheWayOut() {
        Parameters<SeriesBottleneck.Params> series = Parameters.of(SeriesBottleneck.Params.class);
        assertThat(new SeriesBottleneck()
                        .adaptation(series.defaults())
                        .adapter()
                        .orElseThrow())
                .satisfies(settings -> {
                    assertThat(settings.targets()).containsExactly(Projection.DOWN_PROJ);
                    assertThat(settings.rank()).isEqualTo(256);
                    assertThat(settings.scale()).isEqualTo(1);
                });
        assertThatThrownBy(() ->
                        new SeriesBottleneck().adaptation(series.bind(json("{\"targetModules\":[\"gate_proj\"]}"))))
                .hasMessageContaining("[gate_proj]")
                .hasMessageContaining("name down_proj");
    }

    @Test
    void checkpointsCanBeSwitchedOff() {
        assertThat(Parameters.of(Lora.Params.class)
                        .bind(json("{\"checkpointEvery\":0}"))
                        .course()
                        .checkpointEvery())
                .isZero();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
