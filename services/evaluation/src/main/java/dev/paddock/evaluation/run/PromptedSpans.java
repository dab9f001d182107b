package dev.paddock.evaluation.run;

import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.evaluation.inference.Inference;
import dev.paddock.evaluation.score.SpanSet;
import dev.paddock.evaluation.score.SpanSet.Span;
import dev.paddock.evaluation.suite.Item;
import dev.paddock.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Asks a model without a head for spans: it writes a line for each, {@code label: text}, and the text is looked for in the message. */
final class PromptedSpans implements ItemScorer {
    private static final int MOST_TOKENS = 256;

    private final Inference inference;
    private final Executor calls;

    /** @param calls bounds how many questions are asked at once */
    PromptedSpans(Inference inference, Executor calls) {
        this.inference = inference;
        this.calls = calls;
    }

    @Override
    public List<Answer> score(ModelReference model, List<Item> items) {
        List<CompletableFuture<Answer>> asked = items.stream()
                .map(item -> CompletableFuture.supplyAsync(() -> answer(model, item), calls))
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private Answer answer(ModelReference model, Item item) {
        String instruction = "Copy every part of the user's last message that is one of the following, a line for each,"
                + " as label: text. Write nothing else.\n" + String.join("\n", item.choices());
        CompletionRequest request = new CompletionRequest(
                model,
                null,
                PromptedLabels.instructed(item.prompt(), instruction),
                null,
                SamplingParameters.greedy(MOST_TOKENS),
                null,
                false,
                false,
                null);
        try {
            String text = inference.complete(request).completions().get(0).text();
            String message =
                    String.valueOf(item.prompt().get(item.prompt().size() - 1).content());
            String output = read(text, message, item.choices()).text();
            return Answer.of(item.id(), output, output.equals(item.answer()));
        } catch (ProblemException e) {
            return TooLong.orThrow(e, item);
        }
    }

    /** The lines that name a label and a part of the message; the same part again is its next occurrence. */
    static SpanSet read(String lines, String message, List<String> labels) {
        List<Span> spans = new ArrayList<>();
        int[] next = new int[1];
        lines.lines().forEach(line -> {
            int colon = line.indexOf(':');
            String label = colon < 0 ? "" : line.substring(0, colon).strip();
            String part = colon < 0 ? "" : line.substring(colon + 1).strip();
            int at = part.isEmpty() || !labels.contains(label) ? -1 : find(message, part, next[0]);
            if (at >= 0) {
                next[0] = at + part.length();
                int start = message.codePointCount(0, at);
                spans.add(new Span(start, start + part.codePointCount(0, part.length()), label));
            }
        });
        return new SpanSet(spans);
    }

    private static int find(String message, String part, int from) {
        int at = message.indexOf(part, from);
        return at >= 0 ? at : message.indexOf(part);
    }
}
