package dev.paddock.llama.tokenizer;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Text to token ids and back, as the model was trained with. Safe for use by several threads. */
public interface Tokenizer extends AutoCloseable {
    /** Ids of a text in which special tokens may be written, as in a rendered chat template; adds none by itself. */
    int[] encode(String text);

    /**
     * Ids of a text that is partly untrusted.
     *
     * @param data characters of the text at which no special token begins, whatever is written there
     */
    int[] encode(String text, BitSet data);

    /** Ids of untrusted text: what looks like a special token is read as ordinary characters; adds none by itself. */
    int[] encodeOrdinary(String text);

    /** Text of ids; bytes that are no UTF-8 become U+FFFD. Equals the concatenated {@link #bytes} read as UTF-8. */
    String decode(int[] ids, boolean skipSpecial);

    /** Bytes that a token stands for, possibly a part of a character; a special token's are those of its written form. */
    byte[] bytes(int id);

    /** A token as the vocabulary writes it. */
    String token(int id);

    OptionalInt id(String token);

    boolean isSpecial(int id);

    /** Special tokens as texts write them. */
    Set<String> specialTokens();

    /** One more than the highest id; a model's embedding may have more rows. */
    int vocabularySize();

    Optional<Integer> bos();

    Optional<Integer> eos();

    /** Ids that end an answer: the end of text, and of a turn where the model names it. */
    Set<Integer> endIds();

    /** Whether the model expects {@link #bos} before a plain (not rendered) text. */
    boolean addsBos();

    /** The chat template that came with the model (Jinja). */
    Optional<String> chatTemplate();

    @Override
    void close();
}
