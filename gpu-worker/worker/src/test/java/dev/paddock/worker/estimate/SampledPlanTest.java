package dev.paddock.worker.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.methods.training.RunPlan;
import dev.paddock.methods.training.TrainingCatalogue;
import dev.paddock.methods.training.TrainingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SampledPlanTest {
    private static final int ROWS = 4000;

    @TempDir
    private Path folder;

    private Optional<RunPlan> plan(String label) throws IOException {
        Path rows = folder.resolve("train.jsonl");
        Files.writeString(
                rows,
                IntStream.range(0, ROWS)
                        .mapToObj(number -> """
                                {"messages":[{"role":"user","content":"Where does parcel %d go?"},\
                                {"role":"assistant","content":"%s"}]}
                                """.formatted(number, number % 2 == 0 ? "north" : label))
                        .collect(Collectors.joining()));
        TrainingInput input =
                new TrainingInput(TinyModelFiles.folder(), rows, folder, null, folder, "sha256:base", 1, Instant.EPOCH);
        return SampledPlan.of(
                TrainingCatalogue.load().preset("label-supervised"),
                (ObjectNode) JsonMapper.shared().readTree("{\"sequenceLength\":96}"),
                input);
    }

    @Test
    void aSampleWithOneLabelOfTwoIsNoVerdict() throws IOException {
        assertThat(plan("south"))
                .hasValueSatisfying(run -> assertThat(run.plan().share()).isOne());
    }

    @Test
    void allRowsWithOneLabelAreRefused() {
        assertThatThrownBy(() -> plan("north"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a classifier needs two");
    }
}
