package dev.paddock.llama.training;

import dev.paddock.llama.chat.ChatRenderer;
import dev.paddock.llama.chat.RenderedChat;
import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.template.ChatTemplate;
import dev.paddock.llama.template.ChatTemplateException;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Conversations as a model sees them: rendered with its own chat template, the loss on the last assistant turn only, from its
 * first token to the one that ends the turn. The prompt is encoded without the answer, as at serving time, where there is none
 * yet, and the answer as what follows the prompt. Control tokens come from the template alone.
 */
public final class ChatExamples {
    private final Tokenizer tokenizer;
    private final Optional<ChatRenderer> renderer;

    /**
     * Prepares a model's template, where it has one.
     *
     * @param clock read by templates that write the date
     */
    public ChatExamples(Tokenizer tokenizer, Clock clock) {
        this.tokenizer = tokenizer;
        renderer = tokenizer
                .chatTemplate()
                .map(template -> new ChatRenderer(tokenizer, ChatTemplate.parse(template), clock));
    }

    /**
     * Examples of a file's rows.
     *
     * @param shortened rows that lost the beginning of their prompt
     * @param divided rows that became several examples
     * @param leftOut rows whose answer alone is longer than the limit
     * @param judgedBad rows whose answer is judged bad ({@code "label": false}): nothing to imitate
     * @param weightless rows whose {@code weight} is 0
     * @param sources for each example the number of its row among those that were taken
     */
    public record Rows(
            List<TrainingExample> examples,
            int shortened,
            int divided,
            int leftOut,
            int judgedBad,
            int weightless,
            List<Integer> sources) {
        public Rows {
            examples = List.copyOf(examples);
            sources = List.copyOf(sources);
        }
    }

    /**
     * Reads rows as JSON Lines: {@code messages}, the last one the assistant's answer, and perhaps {@code weight}, which its
     * tokens' weights are multiplied with. A row longer than the limit loses the beginning of its prompt.
     *
     * @param limit tokens that an example may have
     * @throws IllegalArgumentException naming a row that is no such conversation, counted from 1
     */
    public Rows read(Path rows, int limit) {
        return read(rows, limit, Overlong.TRUNCATE);
    }

    /**
     * The same with a choice for rows that are longer than the limit.
     *
     * @throws IllegalArgumentException also naming a longer row where these are refused
     */
    public Rows read(Path rows, int limit, Overlong overlong) {
        FittedTurns fitted = new FittedTurns(limit, overlong);
        RowLines.forEach(rows, row -> {
            if (isJudgedBad(row)) {
                fitted.leaveOutBad();
            } else {
                fitted.add(turn(conversation(row)), RowMark.of(row));
            }
        });
        return fitted.rows();
    }

    /**
     * What renders conversations as these examples are.
     *
     * @throws IllegalArgumentException when the model has no chat template
     */
    public ChatRenderer renderer() {
        return renderer.orElseThrow(() -> new IllegalArgumentException(
                "the base has no chat template, and rows are chat turns: take an instruction-tuned base"));
    }

    /** Tokens of a conversation from its first turn to its last. */
    int[] whole(List<ChatMessage> messages) {
        return renderer().encode(render(messages, false));
    }

    static boolean isJudgedBad(JsonNode row) {
        return row.path("label").isBoolean() && !row.path("label").asBoolean();
    }

    /** The turns of a row that ends in an answer. */
    private static List<ChatMessage> conversation(JsonNode row) {
        if (row.has("spans")) {
            throw new IllegalArgumentException("has spans and no answer: rows with spans are for label-supervised");
        }
        return messages(row);
    }

    /**
     * The turns of a row.
     *
     * @throws IllegalArgumentException when it is a document
     */
    static List<ChatMessage> messages(JsonNode row) {
        if (row.has("text") && !row.has("messages")) {
            throw new IllegalArgumentException(
                    "is a document (text) and no conversation: objective causal-lm learns from documents, every other"
                            + " one from messages");
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : row.path("messages")) {
            messages.add(new ChatMessage(
                    message.path("role").asString(), message.path("content").asString()));
        }
        return messages;
    }

    /**
     * Tokens of a conversation whose last message is the assistant's.
     *
     * @throws IllegalArgumentException when it is not, when it is empty, or when the template does not keep its prompt as the beginning of the
     *     whole, so that the answer's first token cannot be known
     */
    public TrainingExample example(List<ChatMessage> messages) {
        return turn(messages).example(Integer.MAX_VALUE);
    }

    /**
     * The last turn of a conversation and what comes before it.
     *
     * @throws IllegalArgumentException as {@link #example}
     */
    Turn turn(List<ChatMessage> messages) {
        int last = messages.size() - 1;
        if (last < 0 || !messages.get(last).role().equals("assistant")) {
            throw new IllegalArgumentException("the last message must be the assistant's answer");
        }
        String answer = messages.get(last).content();
        if (answer == null || answer.isBlank()) {
            throw new IllegalArgumentException("the assistant's answer is empty: there is nothing to learn from it");
        }
        RenderedChat whole = render(messages, false);
        RenderedChat prompt = render(messages.subList(0, last), true);
        if (!whole.startsWith(prompt)) {
            throw new IllegalArgumentException("the chat template writes the prompt otherwise when the answer follows ("
                    + excerpt(prompt.text()) + " is not how " + excerpt(whole.text())
                    + " begins); rows cannot be split into prompt and answer");
        }
        int first = prompt.text().length();
        int[] tokens = throughEndOfTurn(
                renderer().encodeFrom(whole, first), whole.text().substring(first));
        return new Turn(renderer().encode(prompt), tokens);
    }

    /** Cuts off what a template writes after the token that ends a turn, such as a line break. */
    private int[] throughEndOfTurn(int[] answer, String text) {
        for (int i = 0; i < answer.length; i++) {
            if (tokenizer.endIds().contains(answer[i])) {
                return Arrays.copyOf(answer, i + 1);
            }
        }
        throw new IllegalArgumentException("the chat template ends the answer without a token that the model ends on ("
                + tokenizer.endIds() + "), after " + excerpt(text));
    }

    private RenderedChat render(List<ChatMessage> messages, boolean addGenerationPrompt) {
        try {
            return renderer().render(messages, null, addGenerationPrompt);
        } catch (ChatTemplateException e) {
            throw new IllegalArgumentException("the chat template refuses the row: " + e.getMessage(), e);
        }
    }

    private static String excerpt(String text) {
        return "\"…" + text.substring(Math.max(0, text.length() - 60)) + "\"";
    }
}
