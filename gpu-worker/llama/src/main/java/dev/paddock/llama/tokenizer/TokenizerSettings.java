package dev.paddock.llama.tokenizer;

import java.util.Optional;
import java.util.Set;

/**
 * What lies with a tokenizer besides its vocabulary.
 *
 * @param bos token that begins a text
 * @param eos token that ends a text
 * @param endIds ids that end an answer
 * @param addsBos whether plain text is begun with {@code bos}
 * @param stripsLeadingSpace whether a text's first space is the tokenizer's own, taken away again when decoding
 * @param chatTemplate Jinja text
 * @param toolTemplate Jinja text for conversations with tools, where it is another
 */
record TokenizerSettings(
        Optional<Integer> bos,
        Optional<Integer> eos,
        Set<Integer> endIds,
        boolean addsBos,
        boolean stripsLeadingSpace,
        Optional<String> chatTemplate,
        Optional<String> toolTemplate) {
    TokenizerSettings {
        endIds = Set.copyOf(endIds);
    }

    /** Text of all templates. */
    String templates() {
        return chatTemplate.orElse("") + toolTemplate.orElse("");
    }
}
