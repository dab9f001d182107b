package dev.paddock.methods.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.catalogue.Parameters;
import dev.paddock.llama.merge.LinearMerge;
import dev.paddock.llama.merge.MergeSource;
import dev.paddock.llama.merge.SlerpMerge;
import dev.paddock.llama.merge.TaskVectorMerge;
import dev.paddock.llama.tiny.TinyModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An order in mergekit's terms, and what each of them computes; the numbers stand in the engine's reference test. */
class WeightMixTest {
    private final Parameters<WeightMix.Params> parameters = Parameters.of(WeightMix.Params.class);

    @TempDir
    Path temporary;

    @Test
    void everyAlgorithmHasItsRule() {
        assertThat(rule("{}", 1, 1)).isInstanceOf(LinearMerge.class);
        assertThat(rule("{\"mergeMethod\":\"slerp\"}", 1, 3)).isInstanceOf(SlerpMerge.class);
        for (String method : List.of("ties", "dare_linear", "dare_ties")) {
            assertThat(rule("{\"mergeMethod\":\"" + method + "\"}", 1)).isInstanceOf(TaskVectorMerge.class);
        }
    }

    @Test
    void whatAnAlgorithmCannotTakeIsRefused() {
        assertThatThrownBy(() -> rule("{\"mergeMethod\":\"slerp\"}", 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between two sources");
        assertThatThrownBy(() -> rule("{\"mergeMethod\":\"soup\"}", 1))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("dare_ties");
    }

    @Test
    void theSameSeedDropsTheSameNumbersAndAnotherOneOthers() throws IOException {
        String order = "{\"mergeMethod\":\"dare_linear\",\"density\":0.5,\"lambda\":2}";
        assertThat(Files.mismatch(weights(order, "one", 1), weights(order, "again", 1)))
                .isEqualTo(-1);
        assertThat(Files.mismatch(weights(order, "once", 1), weights(order, "other", 2)))
                .isPositive();
    }

    private Path weights(String order, String name, long seed) throws IOException {
        Path base = TinyModelFiles.folder();
        Path half = Files.createDirectories(temporary.resolve("half"));
        WeightMix.Params sum = parameters.bind(json("{\"normalize\":false}"));
        MergeSource own = new MergeSource("base", base, null);
        new WeightMix().merge(sum, new MergingInput(base, sources(List.of(own), 0.5), half, 1), silent());
        Path output = Files.createDirectory(temporary.resolve(name));
        List<MergingInput.Source> sources = sources(List.of(new MergeSource("half", half, null)), 1);
        new WeightMix().merge(parameters.bind(json(order)), new MergingInput(base, sources, output, seed), silent());
        return output.resolve("model.safetensors");
    }

    private Object rule(String order, double... weights) {
        MergeSource source = new MergeSource("any", temporary, null);
        List<MergingInput.Source> sources = new ArrayList<>();
        for (double weight : weights) {
            sources.add(new MergingInput.Source(source, null, weight));
        }
        return WeightMix.rule(parameters.bind(json(order)), new MergingInput(temporary, sources, temporary, 1));
    }

    private static List<MergingInput.Source> sources(List<MergeSource> models, double weight) {
        return models.stream()
                .map(model -> new MergingInput.Source(model, null, weight))
                .toList();
    }

    private static InstructionResidualTest.Silent silent() {
        return new InstructionResidualTest.Silent();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
