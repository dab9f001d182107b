package dev.paddock.gateway.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.contracts.inference.ClassifiedSpan;
import dev.paddock.contracts.inference.GuessedTokens;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.contracts.inference.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The records of OpenAI's answers; created is Unix seconds, log probabilities are natural. */
final class Wire {
    private Wire() {}

    /** A whole chat answer ({@code chat.completion}) or a piece of one ({@code chat.completion.chunk}), or a text completion. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Envelope(
            String id,
            String object,
            long created,
            String model,
            List<?> choices,
            @Nullable Usage usage) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Usage(
            int promptTokens,
            int completionTokens,
            int totalTokens,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CompletionDetails completionTokensDetails) {
        static Usage of(TokenUsage usage) {
            return new Usage(
                    usage.promptTokens(),
                    usage.completionTokens(),
                    usage.totalTokens(),
                    CompletionDetails.of(usage.guessed()));
        }
    }

    /** Of the tokens guessed ahead, those accepted are among the completion's, and those rejected are not. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record CompletionDetails(int acceptedPredictionTokens, int rejectedPredictionTokens) {
        private static @Nullable CompletionDetails of(@Nullable GuessedTokens guessed) {
            return guessed == null ? null : new CompletionDetails(guessed.accepted(), guessed.rejected());
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record ChatChoice(
            int index,
            Message message,
            @Nullable ChatLogprobs logprobs,
            String finishReason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Extension paddock) {}

    /** What OpenAI's answers do not have: where gates chose among adapters, each one's share in the choice. */
    record Extension(List<Acting> adapters) {
        static @Nullable Extension of(List<ActingAdapter> adapters) {
            return adapters.isEmpty()
                    ? null
                    : new Extension(adapters.stream()
                            .map(one -> new Acting(one.versionId(), one.share()))
                            .toList());
        }
    }

    /** A version that acted; the shares of a choice sum to 1. */
    record Acting(String version, double share) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Message(
            String role,
            @Nullable String content,
            @Nullable String refusal,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Call> toolCalls) {}

    record Call(@Nullable String id, String type, Function function) {
        static @Nullable List<Call> of(List<ToolCall> calls) {
            return calls.isEmpty() ? null : calls.stream().map(Call::of).toList();
        }

        private static Call of(ToolCall call) {
            return new Call(call.id(), "function", new Function(call.name(), call.arguments()));
        }
    }

    /** Arguments are JSON as text. */
    record Function(String name, String arguments) {}

    /** A call in a stream, whole; the index is its own among the choice's calls. */
    record CallDelta(int index, @Nullable String id, String type, Function function) {
        static @Nullable List<CallDelta> of(@Nullable List<ToolCall> calls, int before) {
            return calls == null
                    ? null
                    : IntStream.range(0, calls.size())
                            .mapToObj(i -> new CallDelta(
                                    before + i,
                                    calls.get(i).id(),
                                    "function",
                                    new Function(
                                            calls.get(i).name(), calls.get(i).arguments())))
                            .toList();
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record ChunkChoice(
            int index,
            Delta delta,
            @Nullable ChatLogprobs logprobs,
            @Nullable String finishReason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Extension paddock) {
        /** A piece, whose choice goes on. */
        static ChunkChoice of(int index, Delta delta, @Nullable ChatLogprobs logprobs) {
            return new ChunkChoice(index, delta, logprobs, null, null);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Delta(
            @Nullable String role,
            @Nullable String content,
            @Nullable String refusal,
            @Nullable List<CallDelta> toolCalls) {
        static final Delta NOTHING = new Delta(null, null, null, null);
    }

    /** Of a refusal there are no probabilities. */
    record ChatLogprobs(List<ChatToken> content, @Nullable List<ChatToken> refusal) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record ChatToken(String token, @Nullable Double logprob, List<Integer> bytes, List<TopToken> topLogprobs) {}

    record TopToken(String token, double logprob, List<Integer> bytes) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record TextChoice(
            String text,
            int index,
            @Nullable TextLogprobs logprobs,
            @Nullable String finishReason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String refusal,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Extension paddock) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record TextLogprobs(
            List<String> tokens,
            List<@Nullable Double> tokenLogprobs,
            List<@Nullable Map<String, Double>> topLogprobs,
            List<Integer> textOffset) {}

    /** A base has parent null, an adapter its base's name. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Model(
            String id,
            String object,
            long created,
            String ownedBy,
            @Nullable String parent) {}

    record Models(String object, List<Model> data) {}

    record Moderation(String id, String model, List<ModerationResult> results) {}

    record ModerationResult(
            boolean flagged,
            Map<String, Boolean> categories,
            @JsonProperty("category_scores") Map<String, Double> scores) {}

    record Embeddings(String object, List<Embedding> data, String model, Usage usage) {}

    /** A vector as numbers, or as text in base64. */
    record Embedding(String object, int index, Object embedding) {}

    /** What a classifier says of each input. */
    record Labels(String id, String object, long created, String model, List<Label> data, Usage usage) {}

    /** A text's label with the probabilities of all, or the spans of a message; classes are the labels there are. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Label(
            int index,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String label,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Double> probs,

            int numClasses,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ClassifiedSpan> spans) {}
}
