package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.llama.inference.TokenScore;
import dev.paddock.llama.inference.sampling.TokenLogProbability;
import dev.paddock.llama.inference.text.Utf8Stream;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the probabilities of one answer's tokens with their places in its text. */
final class TokenTexts {
    private final Tokenizer tokenizer;
    private final Utf8Stream utf8 = new Utf8Stream();
    private int characters;

    TokenTexts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** A prompt's token without a probability: its first one, before which there is nothing that could make it likely, and those not asked for. */
    TokenLogprob unscored(int id) {
        return new TokenLogprob(id, text(id), null, advance(id), Map.of());
    }

    TokenLogprob of(TokenScore score) {
        Map<String, Double> top = new LinkedHashMap<>();
        for (TokenLogProbability alternative : score.top()) {
            top.put(text(alternative.token()), alternative.logProbability());
        }
        return new TokenLogprob(
                score.token(), text(score.token()), score.logProbability(), advance(score.token()), top);
    }

    /** The first token that does not end before a character of the text, or one behind the last. */
    static int tokenAt(int[] ids, int character, Tokenizer tokenizer) {
        TokenTexts texts = new TokenTexts(tokenizer);
        int token = 0;
        while (token < ids.length) {
            texts.advance(ids[token]);
            if (texts.characters > character) {
                break;
            }
            token++;
        }
        return token;
    }

    /** A token without probabilities takes its place in the text. */
    int advance(int id) {
        int offset = characters;
        characters += utf8.append(tokenizer.bytes(id)).length();
        return offset;
    }

    /** The token's text; where it is a part of a character, its bytes as OpenAI writes them. */
    private String text(int id) {
        byte[] bytes = tokenizer.bytes(id);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException part) {
            StringBuilder written = new StringBuilder("bytes:");
            for (byte value : bytes) {
                written.append("\\x%02x".formatted(value & 0xFF));
            }
            return written.toString();
        }
    }
}
