package dev.paddock.llama.quantization;

import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.weights.WeightSource;
import org.jspecify.annotations.Nullable;

/** A model's matrices in NF4, one at a time: the one asked for last is kept until another is. */
final class Nf4Matrices implements AutoCloseable {
    private final WeightSource source;
    private final Runnable atWork;
    private String name = "";
    private @Nullable Nf4Matrix matrix;
    private @Nullable TensorScope scope;

    Nf4Matrices(WeightSource source, Runnable atWork) {
        this.source = source;
        this.atWork = atWork;
    }

    Nf4Matrix of(String wanted) {
        Nf4Matrix kept = matrix;
        if (kept != null && wanted.equals(name)) {
            return kept;
        }
        close();
        atWork.run();
        TensorScope own = TensorScope.open();
        scope = own;
        Nf4Matrix made = Nf4Matrix.quantize(own, source, wanted);
        name = wanted;
        matrix = made;
        return made;
    }

    @Override
    public void close() {
        matrix = null;
        if (scope != null) {
            scope.close();
            scope = null;
        }
    }
}
