package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.ClassificationRequest;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.EmbeddingRequest;
import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.contracts.inference.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks, in either of OpenAI's two forms or of a classifier; logprobs is the number of alternatives, null for none; form and
 * tools are null where none are asked for; limit is the parameter that says how many tokens an answer may have.
 */
public record Question(
        QuestionKind kind,
        String model,
        List<String> prompts,
        List<ChatMessage> messages,
        SamplingParameters sampling,
        @Nullable Integer logprobs,
        boolean echo,
        boolean stream,
        boolean includeUsage,
        @Nullable AnswerForm form,
        @Nullable AskedTools tools,
        @Nullable String pooling,
        String limit) {
    private static final String LIMIT = "max_tokens";

    private Question(
            QuestionKind kind,
            String model,
            List<String> prompts,
            List<ChatMessage> messages,
            SamplingParameters sampling,
            @Nullable Integer logprobs,
            boolean echo,
            boolean stream,
            boolean includeUsage) {
        this(kind, model, prompts, messages, sampling, logprobs, echo, stream, includeUsage, null, null, null, LIMIT);
    }

    public static Question chat(
            String model,
            List<ChatMessage> messages,
            SamplingParameters sampling,
            @Nullable Integer logprobs,
            boolean stream,
            boolean includeUsage) {
        return new Question(
                QuestionKind.CHAT, model, List.of(), messages, sampling, logprobs, false, stream, includeUsage);
    }

    public static Question text(
            String model,
            List<String> prompts,
            SamplingParameters sampling,
            @Nullable Integer logprobs,
            boolean echo,
            boolean stream,
            boolean includeUsage) {
        return new Question(
                QuestionKind.TEXT, model, prompts, List.of(), sampling, logprobs, echo, stream, includeUsage);
    }

    /** What a classifier is asked: each text by itself, or one conversation. */
    public static Question labels(String model, List<String> texts, List<ChatMessage> messages) {
        return new Question(
                QuestionKind.LABELS, model, texts, messages, SamplingParameters.greedy(0), null, false, false, false);
    }

    /** Texts that become vectors, each by itself; pooling is mean or last. */
    public static Question embeddings(String model, List<String> texts, String pooling) {
        return new Question(
                QuestionKind.EMBEDDINGS,
                model,
                texts,
                List.of(),
                SamplingParameters.greedy(0),
                null,
                false,
                false,
                false,
                null,
                null,
                pooling,
                LIMIT);
    }

    /** The same whose answers have a form or may be calls. */
    public Question of(@Nullable AnswerForm answers, @Nullable AskedTools functions) {
        return with(answers, functions, limit);
    }

    /** The same whose answers' tokens are limited by that parameter. */
    public Question limitedBy(String parameter) {
        return with(form, tools, parameter);
    }

    private Question with(@Nullable AnswerForm answers, @Nullable AskedTools functions, String parameter) {
        return new Question(
                kind,
                model,
                prompts,
                messages,
                sampling,
                logprobs,
                echo,
                stream,
                includeUsage,
                answers,
                functions,
                pooling,
                parameter);
    }

    /** Whether the messages are asked, and no prompts. */
    boolean isConversation() {
        return !messages.isEmpty();
    }

    /** How many prompts the worker completes; a conversation is one. */
    public int promptCount() {
        return isConversation() ? 1 : prompts.size();
    }

    public int choicesPerPrompt() {
        return sampling.n() == null ? 1 : sampling.n();
    }

    public int choices() {
        return promptCount() * choicesPerPrompt();
    }

    /** OpenAI's index of a choice: all choices of the first prompt, then those of the second. */
    public int choice(int prompt, int index) {
        return prompt * choicesPerPrompt() + index;
    }

    /** How many code points stand before the text of a choice: its prompt's, unless the text repeats the prompt. */
    public int textBegins(int choice) {
        if (echo || isConversation()) {
            return 0;
        }
        String prompt = prompts.get(choice / choicesPerPrompt());
        return prompt.codePointCount(0, prompt.length());
    }

    /** Whether nothing is generated: echo with max_tokens 0 scores the prompt. */
    public boolean scoresOnly() {
        return echo && Integer.valueOf(0).equals(sampling.maxTokens());
    }

    /** The conversation that the guard judges for one prompt; tools, which the model reads too, come first as a turn. */
    public List<ChatMessage> conversation(int prompt) {
        if (!isConversation()) {
            return List.of(ChatMessage.of("user", prompts.get(prompt)));
        }
        if (tools == null) {
            return messages;
        }
        List<ChatMessage> turns = new ArrayList<>(messages);
        turns.add(0, ChatMessage.of("system", tools.functions().toString()));
        return List.copyOf(turns);
    }

    /**
     * What must be judged of a choice: the text that it generated, with echo what comes after its prompt, and its calls. Stop strings
     * and calls are kept out of the text but not out of the tokens that log probabilities name, so those are judged with it.
     */
    String judged(int prompt, String said, @Nullable List<TokenLogprob> tokens, List<ToolCall> calls) {
        String text = ToolTexts.judged(said, calls);
        boolean echoed = echo && text.startsWith(prompts.get(prompt));
        String generated = echoed ? text.substring(prompts.get(prompt).length()) : text;
        boolean nothingKeptOut = sampling.stop() == null && tools == null;
        if (tokens == null || tokens.isEmpty() || nothingKeptOut || scoresOnly()) {
            return generated;
        }
        return generated + "\n" + tokens.stream().map(TokenLogprob::token).collect(Collectors.joining());
    }

    Object toWorker(ModelReference reference) {
        if (kind == QuestionKind.LABELS) {
            return new ClassificationRequest(
                    reference,
                    IntStream.range(0, promptCount())
                            .mapToObj(this::conversation)
                            .toList());
        }
        if (pooling != null) {
            return new EmbeddingRequest(reference, prompts, pooling);
        }
        return new CompletionRequest(
                reference,
                isConversation() ? null : prompts,
                isConversation() ? messages : null,
                tools == null ? null : tools.functions(),
                sampling,
                logprobs,
                echo,
                stream,
                null,
                null,
                null,
                null,
                form == null ? null : form.constraint(),
                tools == null ? null : tools.choice());
    }
}
