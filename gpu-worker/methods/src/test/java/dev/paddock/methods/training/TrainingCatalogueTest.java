package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Item;
import dev.paddock.catalogue.Parameter;
import dev.paddock.catalogue.contract.CatalogueContract;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.methods.training.Runs.Attempt;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Every training method keeps the catalogue's contract, and its example trains. */
class TrainingCatalogueTest extends CatalogueContract {
    @SuppressWarnings("rawtypes")
    private final Catalogue<TrainingMethod> methods = Catalogue.load(TrainingMethod.class);

    /** A method that only this test has: it is in no list, and still found. */
    @CatalogueEntry(id = "bias-only", family = "tests", summary = "Writes empty biases.", paper = "none", example = """
            {"method":"bias-only","params":{"epochs":2}}
            """)
    public static final class BiasOnly implements TrainingMethod<BiasOnly.Params> {
        /** How long to train. */
        public record Params(
                @Parameter(value = "1", description = "Passes") @Min(1) @Max(9) int epochs) {}

        @Override
        public String adapter() {
            return NONE;
        }

        @Override
        public String objective() {
            return NONE;
        }

        @Override
        public void train(Params params, Choice choice, TrainingInput input, TrainingObserver observer) {
            observer.progressed(
                    new TrainingProgress(params.epochs(), params.epochs(), 1, 1, 1, 1, Duration.ofSeconds(1), 1));
            try {
                Files.writeString(Files.createDirectories(input.output()).resolve("biases.txt"), "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @TempDir
    private Path folder;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    @Override
    protected Catalogue<?> catalogue() {
        return methods;
    }

    /** On the tiny model, with rows that every objective reads. */
    @Override
    protected void run(Item<?> item, ObjectNode example) throws IOException {
        assertThat(example.path("method").asString()).isEqualTo(item.id());
        assertThat(example.propertyNames()).isSubsetOf("method", "adapter", "objective", "params");
        assertThat(example.path("params")).isNotEmpty();
        TrainingMethod<?> method = methods.get(item.id()).implementation();
        Path own = Files.createDirectories(folder.resolve(item.id()));
        Runs.writeRows(own, 32);
        Runs runs = new Runs(
                own,
                item.id(),
                example.path("adapter").asString(method.adapter()),
                example.path("objective").asString(method.objective()));
        ObjectNode params = (ObjectNode) example.path("params");
        Attempt attempt = runs.train(params, "result", new Attempt(Integer.MAX_VALUE), null);
        assertThat(attempt.losses).isNotEmpty().allMatch(Double::isFinite);
        assertThat(own.resolve("result")).isNotEmptyDirectory();
        assertThat(runs.train(params, "again", new Attempt(Integer.MAX_VALUE), null).losses)
                .as("losses of the same seed")
                .isEqualTo(attempt.losses);
    }

    @Test
    void aMethodIsAddedWithoutEditingAnyExistingFile() {
        assertThat(methods.ids()).contains("lora", "bias-only");
        assertThat(methods.get("bias-only").implementation()).isInstanceOf(BiasOnly.class);
    }
}
