package dev.paddock.evaluation.run;

import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.evaluation.inference.Inference;
import dev.paddock.evaluation.suite.Item;
import dev.paddock.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Generation with exact match: the greedy answer to the chat, stripped, is the right one to the letter. */
final class ExactMatchScorer implements ItemScorer {
    /** No answer of n bytes has more than n tokens; a few more show that a model does not stop. */
    private static final int MARGIN = 4;

    private static final int LONGEST = 256;

    private final Inference inference;
    private final Executor calls;

    /** {@code calls} bounds how many questions are asked at once; the worker batches them. */
    ExactMatchScorer(Inference inference, Executor calls) {
        this.inference = inference;
        this.calls = calls;
    }

    @Override
    public List<Answer> score(ModelReference model, List<Item> items) {
        int longest = items.stream()
                .mapToInt(item -> item.answer().getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
        SamplingParameters greedy = SamplingParameters.greedy(Math.min(LONGEST, longest + MARGIN));
        List<CompletableFuture<Answer>> asked = items.stream()
                .map(item -> CompletableFuture.supplyAsync(() -> answer(model, item, greedy), calls))
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private Answer answer(ModelReference model, Item item, SamplingParameters greedy) {
        try {
            return ask(model, item, greedy);
        } catch (ProblemException e) {
            return TooLong.orThrow(e, item);
        }
    }

    private Answer ask(ModelReference model, Item item, SamplingParameters greedy) {
        Completion completion = inference
                .complete(new CompletionRequest(model, null, item.prompt(), null, greedy, null, false, false, null))
                .completions()
                .get(0);
        String output = completion.text().strip();
        return Answer.of(item.id(), output, output.equals(item.answer().strip()));
    }
}
