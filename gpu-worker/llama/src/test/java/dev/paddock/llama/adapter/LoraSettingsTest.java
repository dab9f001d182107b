package dev.paddock.llama.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ranks and alphas of single layers, and what no base can have. */
class LoraSettingsTest {
    private static LoraSettings settings(Set<Integer> layers, Map<String, Integer> ranks, Map<String, Double> alphas) {
        return new LoraSettings(
                AdapterForm.LORA,
                8,
                16,
                0,
                Set.of(Projection.Q_PROJ, Projection.V_PROJ),
                false,
                layers,
                ranks,
                alphas,
                Initialization.DEFAULT);
    }

    @Test
    void aPatternMatchesTheEndOfALayersName() {
        LoraSettings settings = settings(Set.of(), Map.of("layers.[01]..*q_proj", 4), Map.of("v_proj", 1.0));
        settings.check(3);
        assertThat(settings.rank(1, Projection.Q_PROJ)).isEqualTo(4);
        assertThat(settings.rank(2, Projection.Q_PROJ)).isEqualTo(8);
        assertThat(settings.scale(1, Projection.Q_PROJ)).isEqualTo(4);
        assertThat(settings.scale(1, Projection.V_PROJ)).isEqualTo(0.125);
    }

    @Test
    void twiceTheRankHasTheSameScaleOnEveryLayer() {
        for (boolean stabilized : new boolean[] {false, true}) {
            LoraSettings settings = new LoraSettings(
                    AdapterForm.LORA,
                    3,
                    5,
                    0,
                    Set.of(Projection.Q_PROJ, Projection.V_PROJ),
                    stabilized,
                    Set.of(),
                    Map.of("v_proj", 2),
                    Map.of("layers.1.*v_proj", 7.0),
                    Initialization.PISSA);
            for (Projection projection : settings.targets()) {
                assertThat(settings.doubled().rank(1, projection)).isEqualTo(2 * settings.rank(1, projection));
                assertThat(settings.doubled().scale(1, projection))
                        .isCloseTo(settings.scale(1, projection), within(1e-12));
            }
        }
    }

    @Test
    void whatTheBaseDoesNotHaveIsRefusedByName() {
        assertThatThrownBy(() -> settings(Set.of(), Map.of("q_(proj", 4), Map.of()))
                .hasMessageContaining("rankPattern has the key 'q_(proj', which is no regular expression");
        assertThatThrownBy(
                        () -> settings(Set.of(), Map.of(), Map.of("q_pro", 4.0)).check(2))
                .hasMessageContaining(
                        "alphaPattern has the key 'q_pro', which matches the end of no adapted layer's name")
                .hasMessageContaining("model.layers.0.self_attn.q_proj");
        assertThatThrownBy(() -> settings(Set.of(1), Map.of("layers.0.self_attn.q_proj", 4), Map.of())
                        .check(2))
                .hasMessageContaining("no adapted layer");
        assertThatThrownBy(() -> settings(Set.of(), Map.of("q_proj", 4, "layers.0.*", 2), Map.of())
                        .check(2))
                .hasMessageContaining("all match model.layers.0.self_attn.q_proj");
        assertThatThrownBy(() -> settings(Set.of(2), Map.of(), Map.of()).check(2))
                .hasMessageContaining("the base has no layer 2; its layers are 0 to 1");
        assertThatCode(() -> settings(Set.of(1), Map.of("layers.1.*q_proj", 4), Map.of())
                        .check(2))
                .doesNotThrowAnyException();
    }
}
