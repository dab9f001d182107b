package dev.paddock.methods.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.export.ModelFolder;
import dev.paddock.llama.merge.MergeSource;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.training.TrainingObserver;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The residual of the one is on the other, and the template is the tuned one's. */
class InstructionResidualTest {
    private static final String NORM = "model.norm.weight";

    @TempDir
    Path temporary;

    @Test
    void whatTuningChangedIsAdded() throws IOException {
        Path base = TinyModelFiles.folder();
        Path instruct = shifted(base, "instruct", 0.25f);
        Files.writeString(instruct.resolve("NOTICE"), "tuned");
        Path target = shifted(base, "target", -0.5f);
        Path output = Files.createDirectory(temporary.resolve("output"));
        List<MergingInput.Source> sources = List.of(
                new MergingInput.Source(new MergeSource("t", target, null), "target", 1),
                new MergingInput.Source(new MergeSource("i", instruct, null), "instruct", 1));
        new InstructionResidual()
                .merge(new InstructionResidual.Params(2), new MergingInput(base, sources, output, 1), new Silent());
        float before = first(base);
        assertThat(first(output)).isCloseTo(before - 0.5f + 2 * 0.25f, within(2e-2f));
        assertThat(output.resolve("NOTICE")).hasContent("tuned");
    }

    /** The tiny model with every norm's numbers shifted. */
    private Path shifted(Path base, String name, float by) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve(name));
        try (WeightSource source = ModelFiles.open(base)) {
            ModelFolder.write(base, folder, (tensor, numbers) -> {
                FloatBuffer read =
                        FloatBuffer.allocate((int) source.info(tensor).elements());
                source.read(tensor, read);
                for (float number : read.array()) {
                    numbers.put(tensor.equals(NORM) ? number + by : number);
                }
            });
        }
        return folder;
    }

    private static float first(Path model) {
        try (WeightSource source = ModelFiles.open(model)) {
            FloatBuffer read = FloatBuffer.allocate((int) source.info(NORM).elements());
            source.read(NORM, read);
            return read.get(0);
        }
    }

    /** Nobody listens. */
    static final class Silent implements TrainingObserver {
        @Override
        public void progressed(TrainingProgress progress) {}

        @Override
        public void checkpointed(int step, Path checkpoint) {}

        @Override
        public void log(String line) {}
    }
}
