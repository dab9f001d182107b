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

/**
 * Writes the probabilities of one answer's tokens with their places in its text, counted in Unicode characters (code points), as
 * Python's strings are. What a tokenizer adds to a text, its first token and the space before a word, takes no place.
 */
final class TokenTexts {
    private final Tokenizer tokenizer;
    private final Utf8Stream utf8 = new Utf8Stream();
    private final String prompt;
    private int added;
    /** UTF-16 units of the prompt that have been passed. */
    private int at;

    private int characters;

    /** Of an answer alone. */
    TokenTexts(Tokenizer tokenizer) {
        this(tokenizer, "", 0);
    }

    private TokenTexts(Tokenizer tokenizer, String prompt, int added) {
        this.tokenizer = tokenizer;
        this.prompt = prompt;
        this.added = added;
    }

    /** Of a prompt and the answer behind it. */
    static TokenTexts of(EncodedPrompt prompt, Tokenizer tokenizer) {
        return new TokenTexts(tokenizer, prompt.text(), prompt.added());
    }

    /** A prompt's token without a probability: its first one, before which there is nothing that could make it likely, and those not asked for. */
    TokenLogprob unscored(int id) {
        return new TokenLogprob(id, text(id), null, advance(id), Map.of());
    }

    TokenLogprob of(TokenScore score) {
        Map<String, Double> top = new LinkedHashMap<>();
        for (TokenLogProbability alternative : score.top()) {
            top.putIfAbsent(text(alternative.token()), alternative.logProbability());
        }
        return new TokenLogprob(
                score.token(), text(score.token()), score.logProbability(), advance(score.token()), top);
    }

    /** The first token that does not end before a character of the text, or one behind the last. */
    static int tokenAt(EncodedPrompt prompt, int character, Tokenizer tokenizer) {
        TokenTexts texts = of(prompt, tokenizer);
        int[] ids = prompt.ids();
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
        String written = written(utf8.append(tokenizer.bytes(id)));
        at += written.length();
        characters += written.codePointCount(0, written.length());
        return offset;
    }

    /** What of a token stands in the text. */
    private String written(String token) {
        if (added > 0) {
            added--;
            return "";
        }
        boolean ownSpace = at < prompt.length()
                && token.startsWith(" ")
                && !prompt.startsWith(token, at)
                && prompt.startsWith(token.substring(1), at);
        return ownSpace ? token.substring(1) : token;
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
