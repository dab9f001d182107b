package dev.paddock.llama.training;

import dev.paddock.llama.template.ChatMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Comparisons out of rows of chat turns. Both answers of a row and both copies of its prompt share one packed row; where they
 * are too long for it, both prompts lose the same beginning.
 */
public final class PreferenceExamples {
    private static final String ASSISTANT = "assistant";

    private final ChatExamples chats;

    public PreferenceExamples(ChatExamples chats) {
        this.chats = chats;
    }

    /**
     * Comparisons of a file's rows.
     *
     * @param shortened rows whose prompts lost their beginning
     * @param leftOut rows whose answers alone are longer than the limit
     * @param weightless rows whose {@code weight} is 0
     */
    public record Rows(List<PreferenceExample> examples, int shortened, int leftOut, int weightless) {
        public Rows {
            examples = List.copyOf(examples);
        }
    }

    /** A prompt and two answers. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Comparison(int[] prompt, int[] first, int[] second, boolean desirable, RowMark mark) {
        /** With the last tokens of the prompt before each answer. */
        PreferenceExample example(int room) {
            return new PreferenceExample(
                    new Turn(prompt, first).example(room + first.length).from(mark.source()),
                    new Turn(prompt, second).example(room + second.length).from(mark.source()),
                    desirable,
                    mark.weight());
        }
    }

    /** A judged answer and whether it is a good one. */
    private record Judged(Turn turn, boolean good, RowMark mark) {}

    /**
     * Pairs: {@code messages} is the prompt, {@code chosen} and {@code rejected} are its answers, each a text, a message or a list
     * of one message. Without {@code chosen}, the chosen answer is the last of {@code messages}.
     *
     * @param limit tokens that both answers with their prompts may have together
     * @throws IllegalArgumentException naming the first row that lacks a field or is too long where that is refused, counted from 1
     */
    public Rows pairs(Path rows, int limit, Truncation overlong) {
        return fitted(RowLines.read(rows, this::pair), limit, overlong);
    }

    private Comparison pair(JsonNode row) {
        List<ChatMessage> prompt = ChatExamples.messages(row);
        boolean ended =
                !prompt.isEmpty() && prompt.get(prompt.size() - 1).role().equals(ASSISTANT);
        if (row.hasNonNull("chosen") || !ended) {
            prompt.add(answer(row, "chosen"));
        }
        Turn chosen = chats.turn(prompt);
        prompt.set(prompt.size() - 1, answer(row, "rejected"));
        Turn rejected = chats.turn(prompt);
        return new Comparison(chosen.prompt(), chosen.answer(), rejected.answer(), true, RowMark.of(row));
    }

    private static ChatMessage answer(JsonNode row, String field) {
        JsonNode given = row.path(field);
        JsonNode message = given.isArray() && given.size() == 1 ? given.path(0) : given;
        JsonNode text = message.isObject() ? message.path("content") : message;
        if (given.isMissingNode() || given.isNull()) {
            throw new IllegalArgumentException(
                    "lacks " + field + ": this loss compares a chosen with a rejected answer");
        }
        if (!text.isString() || !message.path("role").asString(ASSISTANT).equals(ASSISTANT)) {
            throw new IllegalArgumentException(field + " must be a text or one message of the assistant");
        }
        return new ChatMessage(ASSISTANT, text.asString());
    }

    /**
     * Judged answers: {@code messages}, the last one the answer, and {@code label}, whether it is a good one. The second answer
     * of each comparison is that of the nearest row before with another prompt (of the last such row, for the first ones).
     *
     * @param limit tokens that both answers with their prompts may have together
     * @throws IllegalArgumentException naming the first row that lacks a field or is too long where that is refused, or when all
     *     rows have one prompt
     */
    public Rows judged(Path rows, int limit, Truncation overlong) {
        List<Judged> judged = RowLines.read(rows, this::judged);
        List<Comparison> comparisons = new ArrayList<>();
        int other = judged.size() - 1;
        while (other > 0 && samePrompt(judged, other, 0)) {
            other--;
        }
        if (other <= 0) {
            throw new IllegalArgumentException(
                    "loss kto needs rows with different prompts, to see how likely unrelated answers are");
        }
        for (int i = 0; i < judged.size(); i++) {
            other = i > 0 && !samePrompt(judged, i - 1, i) ? i - 1 : other;
            Turn turn = judged.get(i).turn();
            int[] unrelated = judged.get(other).turn().answer();
            comparisons.add(new Comparison(
                    turn.prompt(),
                    turn.answer(),
                    unrelated,
                    judged.get(i).good(),
                    judged.get(i).mark()));
        }
        return fitted(comparisons, limit, overlong);
    }

    private Judged judged(JsonNode row) {
        JsonNode label = row.path("label");
        if (label.isMissingNode() || label.isNull()) {
            throw new IllegalArgumentException("lacks label: loss kto learns from answers that were judged");
        }
        if (!label.isBoolean()) {
            throw new IllegalArgumentException("label must be true or false");
        }
        return new Judged(chats.turn(ChatExamples.messages(row)), label.asBoolean(), RowMark.of(row));
    }

    private static boolean samePrompt(List<Judged> judged, int one, int another) {
        return Arrays.equals(
                judged.get(one).turn().prompt(), judged.get(another).turn().prompt());
    }

    private static Rows fitted(List<Comparison> comparisons, int limit, Truncation overlong) {
        List<PreferenceExample> examples = new ArrayList<>();
        int shortened = 0;
        int weightless = 0;
        for (int i = 0; i < comparisons.size(); i++) {
            Comparison it = comparisons.get(i);
            int room = (limit - it.first().length - it.second().length) / 2;
            if (it.mark().weight() == 0) {
                weightless++;
                continue;
            }
            if (it.prompt().length > room) {
                refuse(i + 1, it, limit, overlong);
                shortened += room > 0 ? 1 : 0;
            }
            if (room > 0) {
                examples.add(it.example(room));
            }
        }
        return new Rows(examples, shortened, comparisons.size() - weightless - examples.size(), weightless);
    }

    private static void refuse(int row, Comparison it, int limit, Truncation overlong) {
        if (overlong == Truncation.REFUSE) {
            throw new IllegalArgumentException("row " + row + ": has "
                    + (2 * it.prompt().length + it.first().length + it.second().length)
                    + " tokens in both answers with their prompts, the limit is " + limit
                    + ": raise sequenceLength, shorten the row, or let overlong be truncate");
        }
    }
}
