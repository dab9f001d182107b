package dev.paddock.llama.training;

import dev.paddock.llama.classification.ClassifierPrompts;
import dev.paddock.llama.classification.LabelKind;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.classification.LabelledSpan;
import dev.paddock.llama.classification.MessageTokens;
import dev.paddock.llama.classification.SpanTags;
import dev.paddock.llama.template.ChatMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Labels out of rows of chat turns, and the labels that there are (Label Supervised LLaMA Finetuning, Li et al. 2023,
 * arXiv:2310.01208).
 */
public final class LabelledExamples {
    private final ClassifierPrompts prompts;

    public LabelledExamples(ClassifierPrompts prompts) {
        this.prompts = prompts;
    }

    /**
     * Examples of a file's rows.
     *
     * @param shortened rows that lost the tokens beyond the limit: a conversation its first ones, a message with spans its last ones
     * @param leftOut rows without a token to label
     */
    public record Rows(Lessons.Labelled lessons, int shortened, int leftOut) {}

    /** A prompt and its label. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Text(int[] tokens, String label, RowMark mark) {}

    /**
     * Texts with one label each: the last message, the assistant's, is the label's name, and the conversation before it the text.
     *
     * @param causal whether a token sees only those before it
     * @param limit tokens that an example may have
     * @throws IllegalArgumentException naming a row without a label, counted from 1, or where all rows have the same one
     */
    public Rows sequences(Path rows, boolean causal, int limit, Truncation overlong) {
        List<Text> texts = RowLines.read(rows, this::text);
        LabelScheme scheme = new LabelScheme(
                LabelKind.SEQUENCE,
                causal,
                distinct(texts.stream().map(Text::label).toList()));
        Fit fit = new Fit(limit, overlong);
        List<TrainingExample> examples = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Text text = texts.get(i);
            int[] tokens = text.tokens();
            int kept = fit.kept(i + 1, tokens.length);
            examples.add(TrainingExample.labelled(
                            Arrays.copyOfRange(tokens, tokens.length - kept, tokens.length), scheme.index(text.label()))
                    .marked(text.mark()));
        }
        return fit.rows(examples, scheme);
    }

    private Text text(JsonNode row) {
        List<ChatMessage> messages = ChatExamples.messages(row);
        int last = messages.size() - 1;
        if (last < 1 || !messages.get(last).role().equals("assistant")) {
            throw new IllegalArgumentException("the last message must be the assistant's: the name of the label");
        }
        String label = messages.get(last).content();
        if (label == null || label.isBlank()) {
            throw new IllegalArgumentException("the label is empty: name one");
        }
        return new Text(prompts.sequence(messages.subList(0, last)), label.strip(), RowMark.of(row));
    }

    private static List<String> distinct(Collection<String> labels) {
        List<String> distinct = List.copyOf(new TreeSet<>(labels));
        if (distinct.size() < 2) {
            throw new IllegalArgumentException("the rows have the labels " + distinct + ", and a classifier needs two");
        }
        return distinct;
    }

    /** A message and its spans. */
    private record Message(MessageTokens tokens, List<LabelledSpan> spans, RowMark mark) {}

    /**
     * Messages whose tokens get labels: {@code spans} with {@code start}, {@code end} and {@code label} in the last user message.
     *
     * @param causal whether a token sees only those before it
     * @param limit tokens that an example may have
     * @throws IllegalArgumentException naming a row without spans, counted from 1, or where no row has one
     */
    public Rows spans(Path rows, boolean causal, int limit, Truncation overlong) {
        List<Message> messages = RowLines.read(rows, this::message);
        List<String> types = List.copyOf(new TreeSet<>(messages.stream()
                .flatMap(message -> message.spans().stream().map(LabelledSpan::label))
                .toList()));
        if (types.isEmpty()) {
            throw new IllegalArgumentException("no row has a span to learn");
        }
        LabelScheme scheme = LabelScheme.ofSpans(causal, types);
        SpanTags tags = new SpanTags(scheme);
        Fit fit = new Fit(limit, overlong);
        List<TrainingExample> examples = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            TrainingExample whole = tagged(messages.get(i), tags);
            examples.add(whole.first(fit.kept(i + 1, whole.length())));
        }
        return fit.rows(examples, scheme);
    }

    private Message message(JsonNode row) {
        if (!row.path("spans").isArray()) {
            throw new IllegalArgumentException(
                    "lacks spans: labels of tokens are learnt from rows of the format spans");
        }
        List<LabelledSpan> spans = new ArrayList<>();
        for (JsonNode span : row.path("spans")) {
            spans.add(LabelledSpan.of(
                    span.path("start").asInt(),
                    span.path("end").asInt(),
                    span.path("label").asString()));
        }
        return new Message(prompts.tokens(ChatExamples.messages(row)), spans, RowMark.of(row));
    }

    private static TrainingExample tagged(Message message, SpanTags tags) {
        MessageTokens tokens = message.tokens();
        int[] labels = new int[tokens.ids().length];
        float[] weights = new float[labels.length];
        int[] encoded = tags.encode(tokens.places(), message.spans());
        for (int i = 0; i < encoded.length; i++) {
            int token = tokens.places().get(i).token();
            labels[token] = encoded[i];
            weights[token] = message.mark().weight();
        }
        return new TrainingExample(tokens.ids(), weights, labels, message.mark().source());
    }

    /** Cuts rows to the limit and counts them. */
    private static final class Fit {
        private final int limit;
        private final Truncation overlong;
        private int shortened;

        Fit(int limit, Truncation overlong) {
            this.limit = limit;
            this.overlong = overlong;
        }

        /** How many of a row's tokens are taken. */
        int kept(int row, int tokens) {
            if (tokens <= limit) {
                return tokens;
            }
            if (overlong == Truncation.REFUSE) {
                throw new IllegalArgumentException("row " + row + ": has " + tokens + " tokens, the limit is " + limit
                        + ": raise sequenceLength, shorten the row, or let overlong be truncate");
            }
            shortened++;
            return limit;
        }

        Rows rows(List<TrainingExample> examples, LabelScheme scheme) {
            List<TrainingExample> labelled =
                    examples.stream().filter(example -> example.targets() > 0).toList();
            return new Rows(new Lessons.Labelled(labelled, scheme), shortened, examples.size() - labelled.size());
        }
    }
}
