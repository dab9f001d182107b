package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.catalogue.Parameters;
import dev.paddock.methods.adapter.LowRank;
import dev.paddock.methods.adapter.TargetModule;
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
