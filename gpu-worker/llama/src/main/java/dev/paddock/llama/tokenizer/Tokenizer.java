package dev.paddock.llama.tokenizer;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

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

    /**
     * Ids of a text's end as they follow the ids of its beginning: the space that some tokenizers put before a text of its own
     * is not put between the two.
     *
     * @param data characters of the whole text at which no special token begins
     * @param from the end's first character
     */
    int[] encodeFrom(String text, BitSet data, int from);

    /** Ids of a text that a sequence begins with: {@link #bos} comes first where the model expects it and the text has none. */
    default int[] begun(int[] ids) {
        int first = addsBos() ? bos().orElse(-1) : -1;
        boolean begun = first < 0 || (ids.length > 0 && ids[0] == first);
        return begun
                ? ids
                : IntStream.concat(IntStream.of(first), IntStream.of(ids)).toArray();
    }

    /** Text of ids; bytes that are no UTF-8 become U+FFFD. Equals the concatenated {@link #bytes} read as UTF-8. */
    String decode(int[] ids, boolean skipSpecial);

    /** Bytes that a token stands for, possibly a part of a character; a special token's are those of its written form. */
    byte[] bytes(int id);

    /** A token as the vocabulary writes it. */
    String token(int id);

    OptionalInt id(String token);

    /** Whether a token has the id; a model's embedding may have rows without one. */
    boolean has(int id);

    boolean isSpecial(int id);

    /** Special tokens as texts write them, and other added tokens with which the chat template marks turns. */
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

    /** The chat template for conversations with tools, where the model has one of its own for them. */
    Optional<String> toolTemplate();

    @Override
    void close();
}
