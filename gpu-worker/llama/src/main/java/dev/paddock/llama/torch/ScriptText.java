package dev.paddock.llama.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** TorchScript text that lies among the resources beside a class. */
public final class ScriptText {
    private ScriptText() {}

    /** The text of {@code name.torchscript}. */
    public static String of(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name + ".torchscript")) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + ".torchscript is not beside " + beside);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
