package dev.paddock.dataset.extract;

import java.io.IOException;

/** Takes the blocks of a document one by one. */
@FunctionalInterface
public interface BlockSink {
    void accept(Block block) throws IOException;
}
