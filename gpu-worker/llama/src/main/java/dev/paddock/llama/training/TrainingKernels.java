package dev.paddock.llama.training;

import dev.paddock.llama.torch.ScriptModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The mathematics of training as TorchScript text, from the resources beside this class. */
final class TrainingKernels {
    private static final List<String> TEXTS = List.of("linear", "norm", "attention", "block", "step", "parameters");

    private TrainingKernels() {}

    static ScriptModule load() {
        return ScriptModule.load(text());
    }

    static String text() {
        StringBuilder text = new StringBuilder();
        for (String name : TEXTS) {
            text.append(resource(name + ".torchscript"));
        }
        return text.toString();
    }

    private static String resource(String name) {
        try (InputStream in = TrainingKernels.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is not beside " + TrainingKernels.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
