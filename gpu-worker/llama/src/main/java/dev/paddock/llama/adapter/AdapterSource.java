package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import java.util.Set;

/** An adapter whose updates are had one at a time: of a file only a few need be in the heap at once. */
public interface AdapterSource {
    /** The linear layers that it updates, in their order. */
    Set<Target> targets();

    /**
     * Reads the update of one of {@link #targets}.
     *
     * @throws dev.paddock.llama.config.MalformedModelFileException for tensors that break their format or do not belong together
     */
    Update update(Target target);

    /** Hugging Face names of the tensors with which it takes the place of the base's. */
    Set<String> replaced();
}
