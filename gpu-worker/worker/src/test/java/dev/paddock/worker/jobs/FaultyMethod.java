package dev.paddock.worker.jobs;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.methods.training.Choice;
import dev.paddock.methods.training.TrainingInput;
import dev.paddock.methods.training.TrainingMethod;
import dev.paddock.methods.training.TrainingObserver;

/** A method that asks for more memory than there is, or waits to be killed. */
@CatalogueEntry(id = "faulty", family = "tests", summary = "Fails.", paper = "none", example = """
        {"method":"faulty","params":{"fault":"HEAP"}}
        """)
public final class FaultyMethod implements TrainingMethod<FaultyMethod.Params> {
    private static final long TOO_MANY = 1L << 46;

    /** What goes wrong. */
    public enum Fault {
        HEAP,
        NATIVE,
        KILLED
    }

    /** What is to go wrong. */
    public record Params(
            @Parameter(value = "HEAP", description = "what goes wrong")
            Fault fault) {}

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
        switch (params.fault()) {
            case HEAP -> {
                long[][] heap = new long[64][];
                for (int i = 0; i < heap.length; i++) {
                    heap[i] = new long[Integer.MAX_VALUE - 8];
                }
            }
            case NATIVE -> {
                try (TensorScope scope = TensorScope.open()) {
                    Tensors.zeros(scope, ScalarType.FLOAT32, TOO_MANY);
                }
            }
            case KILLED -> {
                System.out.println("begun");
                while (true) {
                    observer.atWork();
                }
            }
        }
    }
}
