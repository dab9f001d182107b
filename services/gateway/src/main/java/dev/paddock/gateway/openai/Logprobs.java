package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.TokenLogprob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A worker's token log probabilities in the two shapes of OpenAI's API. */
final class Logprobs {
    /** How a worker writes a token that is a part of a character: {@code bytes:\xe2\x82}. */
    private static final String PART_PREFIX = "bytes:";

    private static final Pattern PART = Pattern.compile(PART_PREFIX + "(?:\\\\x[0-9a-f]{2})+");

    private Logprobs() {}

    static Wire.@Nullable ChatLogprobs chat(@Nullable List<TokenLogprob> tokens) {
        return tokens == null
                ? null
                : new Wire.ChatLogprobs(tokens.stream().map(Logprobs::chatToken).toList(), null);
    }

    private static Wire.ChatToken chatToken(TokenLogprob token) {
        List<Wire.TopToken> top = token.top().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(entry -> new Wire.TopToken(entry.getKey(), entry.getValue(), bytes(entry.getKey())))
                .toList();
        return new Wire.ChatToken(token.token(), token.logprob(), bytes(token.token()), top);
    }

    /** Offsets count from the prompt's beginning, so they begin where the text does: behind the prompt, or at 0 with the prompt. */
    static Wire.@Nullable TextLogprobs text(@Nullable List<TokenLogprob> tokens, int textBegins) {
        if (tokens == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        List<@Nullable Double> values = new ArrayList<>();
        List<@Nullable Map<String, Double>> tops = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        for (TokenLogprob token : tokens) {
            texts.add(token.token());
            values.add(token.logprob());
            tops.add(token.logprob() == null ? null : token.top());
            offsets.add(textBegins + token.offset());
        }
        return new Wire.TextLogprobs(texts, values, tops, offsets);
    }

    /** The bytes of a token; of a part of a character those that its text names. */
    private static List<Integer> bytes(String token) {
        List<Integer> bytes = new ArrayList<>();
        if (PART.matcher(token).matches()) {
            for (int digits = PART_PREFIX.length() + 2; digits < token.length(); digits += 4) {
                bytes.add(Integer.parseInt(token.substring(digits, digits + 2), 16));
            }
            return bytes;
        }
        for (byte value : token.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(value & 0xff);
        }
        return bytes;
    }
}
