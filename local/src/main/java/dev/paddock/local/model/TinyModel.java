package dev.paddock.local.model;

import dev.paddock.local.home.UserError;
import dev.paddock.local.model.ModelPuller.Pulled;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tiny LLaMA-shaped model that comes with the suite: made by this project, for tests and as the demonstration's fallback. */
public final class TinyModel {
    /** The name that it is registered under. */
    public static final String NAME = "paddock-tiny";

    private TinyModel() {}

    /** Its files in the checkout, as if they had been pulled. */
    public static Pulled pulled() {
        String checkout = System.getenv("PADDOCK_CHECKOUT");
        Path folder = Path.of(
                checkout == null ? "." : checkout, "gpu-worker/llama/src/main/resources/dev/paddock/llama/tiny/model");
        if (!Files.isDirectory(folder)) {
            throw new UserError("the tiny model is missing: " + folder + " is not there");
        }
        return new Pulled(NAME, folder, "this project's own tiny model", "Apache-2.0");
    }
}
