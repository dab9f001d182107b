package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.TokenLogprob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker's token log probabilities in the two shapes of OpenAI's API. */
final class Logprobs {
    private Logprobs() {}

    static Wire.@Nullable ChatLogprobs chat(@Nullable List<TokenLogprob> tokens) {
        return tokens == null
                ? null
                : new Wire.ChatLogprobs(tokens.stream().map(Logprobs::chatToken).toList());
    }

    private static Wire.ChatToken chatToken(TokenLogprob token) {
        List<Wire.TopToken> top = token.top().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(entry -> new Wire.TopToken(entry.getKey(), entry.getValue(), bytes(entry.getKey())))
                .toList();
        return new Wire.ChatToken(token.token(), token.logprob(), bytes(token.token()), top);
    }

    static Wire.@Nullable TextLogprobs text(@Nullable List<TokenLogprob> tokens) {
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
            offsets.add(token.offset());
        }
        return new Wire.TextLogprobs(texts, values, tops, offsets);
    }

    private static List<Integer> bytes(String token) {
        List<Integer> bytes = new ArrayList<>();
        for (byte value : token.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(value & 0xff);
        }
        return bytes;
    }
}
