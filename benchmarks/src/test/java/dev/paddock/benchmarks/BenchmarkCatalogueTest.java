package dev.paddock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Item;
import dev.paddock.catalogue.Parameter;
import dev.paddock.catalogue.contract.CatalogueContract;
import dev.paddock.llama.inference.libtorch.Precision;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every benchmark keeps the catalogue's contract, and a wrong order is refused before a process is started. */
class BenchmarkCatalogueTest extends CatalogueContract {
    private final BenchmarkCatalogue benchmarks = new BenchmarkCatalogue();

    /** A benchmark that only this test has: it is in no list, and still found. */
    @CatalogueEntry(id = "nothing", family = "machine", summary = "Measures nothing.", paper = "None")
    public static final class Nothing implements Benchmark<Nothing.Params> {
        /** How often. */
        public record Params(
                @Parameter(value = "1", description = "Times") @Min(1) @Max(9) int times) {}

        @Override
        public List<Figure> run(Params params, Bench bench) {
            return List.of();
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected Catalogue<?> catalogue() {
        return Catalogue.load(Benchmark.class);
    }

    private static BenchmarkOrder order(String benchmark, Map<String, Object> params, int pairs) {
        return new BenchmarkOrder(benchmark, params, "model", null, pairs, 1, Precision.FP32);
    }

    @Test
    void aBenchmarkIsAddedWithoutEditingAnyExistingFile() {
        assertThat(benchmarks.items())
                .extracting(Item::id)
                .contains("decode", "limits", "nothing", "prefill", "training");
    }

    @Test
    void aMisspeltNameIsAnsweredWithTheNearOne() {
        assertThatThrownBy(() -> benchmarks.check(order("preferenze", Map.of(), 5)))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("'preferenze'")
                .hasMessageContaining("did you mean preferences?");
    }

    @Test
    void aMisspeltOrImpossibleSizeIsRefused() {
        assertThatThrownBy(() -> benchmarks.check(order("training", Map.of("row", 2), 5)))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("did you mean rows?");
        assertThatThrownBy(() -> benchmarks.check(order("training", Map.of("rows", 0), 5)))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("rows = 0");
        assertThatThrownBy(() -> order("training", Map.of(), 0))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("pairs is 0");
    }
}
