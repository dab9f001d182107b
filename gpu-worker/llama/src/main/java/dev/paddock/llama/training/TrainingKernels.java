package dev.paddock.llama.training;

import dev.paddock.llama.adapter.RoutingKernels;
import dev.paddock.llama.torch.DenseProducts;
import dev.paddock.llama.torch.Processor;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.ScriptText;
import java.util.List;

/** The mathematics of training as TorchScript text, from the resources beside this class. */
final class TrainingKernels {
    private static final List<String> TEXTS = List.of("linear", "norm", "attention", "block", "step", "parameters");

    private TrainingKernels() {}

    static ScriptModule load() {
        return ScriptModule.load(text());
    }

    static String text() {
        StringBuilder text = new StringBuilder(RoutingKernels.text());
        text.append(DenseProducts.on(Processor.ofThisMachine()).text());
        for (String name : TEXTS) {
            text.append(ScriptText.of(TrainingKernels.class, name));
        }
        return text.toString();
    }
}
