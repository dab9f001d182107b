package dev.paddock.methods.training;

import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.template.ChatTemplate;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.training.TrainingExample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows of chat turns as examples whose loss counts on the last answer only. Prompt and answer are encoded apart, as at
 * serving time, where the prompt is encoded before there is an answer; the answer ends with its end-of-turn token.
 */
final class ChatRows {
    private static final JsonMapper JSON = new JsonMapper();

    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final int limit;
    private int shortened;
    private int leftOut;

    /** Examples have at most {@code limit} tokens. */
    ChatRows(Tokenizer tokenizer, int limit) {
        this.tokenizer = tokenizer;
        this.template = ChatTemplate.parse(tokenizer
                .chatTemplate()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the base has no chat template, and rows are chat turns: take an instruction-tuned base")));
        this.limit = limit;
    }

    List<TrainingExample> read(Path rows) {
        List<TrainingExample> examples = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(rows)) {
            int row = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                row++;
                TrainingExample example = example(row, JSON.readTree(line).path("messages"));
                if (example != null) {
                    examples.add(example);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return examples;
    }

    /** Rows that lost the beginning of their prompt. */
    int shortened() {
        return shortened;
    }

    /** Rows whose answer alone is longer than the limit. */
    int leftOut() {
        return leftOut;
    }

    private @Nullable TrainingExample example(int row, JsonNode turns) {
        List<ChatMessage> messages = new ArrayList<>();
        turns.forEach(turn -> messages.add(new ChatMessage(
                turn.path("role").asString(), turn.path("content").asString())));
        if (messages.isEmpty() || !messages.get(messages.size() - 1).role().equals("assistant")) {
            throw new IllegalArgumentException("row " + row + " does not end with an assistant's turn");
        }
        String prompt = render(messages.subList(0, messages.size() - 1), true);
        String whole = render(messages, false);
        if (!whole.startsWith(prompt)) {
            throw new IllegalArgumentException(
                    "row " + row
                            + ": the base's chat template renders the answer other than after its generation prompt, so the answer's tokens cannot be told from the prompt's");
        }
        return example(tokenizer.encode(prompt), answer(tokenizer.encode(whole.substring(prompt.length()))));
    }

    private @Nullable TrainingExample example(int[] prompt, int[] answer) {
        if (answer.length >= limit) {
            leftOut++;
            return null;
        }
        int kept = Math.min(prompt.length, limit - answer.length);
        shortened += kept < prompt.length ? 1 : 0;
        int[] tokens = IntStream.concat(
                        java.util.Arrays.stream(prompt, prompt.length - kept, prompt.length),
                        java.util.Arrays.stream(answer))
                .toArray();
        return TrainingExample.answer(tokens, kept);
    }

    /** The tokens up to the first that ends the turn, that one included. */
    private int[] answer(int[] tokens) {
        for (int i = 0; i < tokens.length; i++) {
            if (tokenizer.endIds().contains(tokens[i])) {
                return java.util.Arrays.copyOf(tokens, i + 1);
            }
        }
        return tokens;
    }

    private String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
        Map<String, String> special = new HashMap<>();
        tokenizer.bos().ifPresent(id -> special.put("bos_token", tokenizer.token(id)));
        tokenizer.eos().ifPresent(id -> special.put("eos_token", tokenizer.token(id)));
        return template.render(messages, null, addGenerationPrompt, special, Clock.systemUTC());
    }
}
