package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.catalogue.contract.CatalogueContract;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.junit.jupiter.api.Test;

/** Every training method keeps the catalogue's contract. */
class TrainingCatalogueTest extends CatalogueContract {
    @SuppressWarnings("rawtypes")
    private final Catalogue<TrainingMethod> methods = Catalogue.load(TrainingMethod.class);

    /** A method that only this test has: it is in no list, and still found. */
    @CatalogueEntry(id = "bias-only", family = "adapters", summary = "Trains the biases.", paper = "BitFit")
    public static final class BiasOnly implements TrainingMethod<BiasOnly.Params> {
        /** How long to train. */
        public record Params(
                @Parameter(value = "1", description = "Passes") @Min(1) @Max(9) int epochs) {}

        @Override
        public String adapter() {
            return "bias";
        }

        @Override
        public String objective() {
            return "sft";
        }

        @Override
        public void train(Params params, Choice choice, TrainingInput input, TrainingObserver observer) {
            throw new UnsupportedOperationException("this entry is only looked up");
        }
    }

    @Override
    protected Catalogue<?> catalogue() {
        return methods;
    }

    @Test
    void aMethodIsAddedWithoutEditingAnyExistingFile() {
        assertThat(methods.ids()).contains("lora", "bias-only");
        assertThat(methods.get("bias-only").implementation()).isInstanceOf(BiasOnly.class);
    }
}
