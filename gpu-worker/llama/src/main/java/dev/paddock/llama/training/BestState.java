package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The best state so far of a run with a {@link Selection}; it stands in checkpoints, too. */
final class BestState {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HEAD = "best.json";
    private static final String VALUES = "best.safetensors";
    private static final String TENSOR = "values";

    private final Selection selection;
    private final FlatParameters parameters;
    private final @Nullable NDArray values;
    private Head head = new Head(0, String.valueOf(Double.POSITIVE_INFINITY), 0);

    BestState(TensorScope scope, Selection selection, FlatParameters parameters) {
        this.selection = selection;
        this.parameters = parameters;
        values = selection.best() ? Tensors.zeros(scope, ScalarType.FLOAT32, parameters.size()) : null;
    }

    /** The step of the least loss, 0 for none yet; that loss; measurements since then. */
    private record Head(int step, String loss, int worse) {}

    /** Takes a measured loss; what was measured before the first step does not count. */
    void measured(int step, String set, double loss) {
        if (step == 0 || !set.equals(selection.set())) {
            return;
        }
        if (loss < loss()) {
            head = new Head(step, String.valueOf(loss), 0);
            if (values != null) {
                Tensors.copyRows(values, 0, parameters.values());
            }
        } else {
            head = new Head(head.step(), head.loss(), head.worse() + 1);
        }
    }

    int step() {
        return head.step();
    }

    double loss() {
        return Double.parseDouble(head.loss());
    }

    /** Whether the loss has not fallen for too long. */
    boolean isOver() {
        return selection.patience() > 0 && head.worse() >= selection.patience();
    }

    /** Makes the best state the parameters' where the selection asks for it; false where they stay. */
    boolean choose() {
        if (values == null || head.step() == 0) {
            return false;
        }
        Tensors.copyRows(parameters.values(), 0, values);
        return true;
    }

    /** Writes what {@link #read} needs into a checkpoint's folder; nothing without a selection. */
    void write(Path folder) throws IOException {
        if (selection.equals(Selection.NONE)) {
            return;
        }
        Files.writeString(folder.resolve(HEAD), JSON.writeValueAsString(head));
        NDArray best = values;
        if (best != null) {
            SafetensorsWriter writer = new SafetensorsWriter(Map.of());
            writer.bytes(TENSOR, TensorType.F32, List.of(parameters.size()), () -> Tensors.toBytes(best));
            writer.write(folder.resolve(VALUES));
        }
    }

    /** Takes the state that a checkpoint of the same run holds. */
    void read(Path folder) {
        if (selection.equals(Selection.NONE)) {
            return;
        }
        try (TensorScope temporary = TensorScope.open()) {
            head = JSON.readValue(Files.readString(folder.resolve(HEAD)), Head.class);
            NDArray best = values;
            if (best != null) {
                try (Safetensors file = Safetensors.open(folder.resolve(VALUES))) {
                    Tensors.copyRows(
                            best,
                            0,
                            Tensors.fromBytes(temporary, file.raw(TENSOR), ScalarType.FLOAT32, parameters.size()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
