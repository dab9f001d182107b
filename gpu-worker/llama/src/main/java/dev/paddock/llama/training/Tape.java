package dev.paddock.llama.training;

import dev.paddock.llama.torch.ScriptValue;
import java.util.List;

/** What a block's forward pass leaves for the backward one. */
final class Tape implements AutoCloseable {
    final ScriptValue kept = ScriptValue.list(List.of());
    final ScriptValue probabilities = ScriptValue.list(List.of());

    @Override
    public void close() {
        kept.close();
        probabilities.close();
    }
}
