package dev.paddock.evaluation.run;

import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.evaluation.inference.Inference;
import dev.paddock.evaluation.suite.Item;
import dev.paddock.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Multiple choice by log-likelihood: the choice whose tokens after the context have the highest sum of log-probabilities per
 * byte, as lm-evaluation-harness computes {@code acc_norm}. All choices of a batch are scored in one call.
 */
final class LogLikelihoodScorer implements ItemScorer {
    private final Inference inference;
    private final ChoiceContext context;

    LogLikelihoodScorer(Inference inference, ChoiceContext context) {
        this.inference = inference;
        this.context = context;
    }

    /** A batch that is refused because an item is too long is halved until that item is alone. */
    @Override
    public List<Answer> score(ModelReference model, List<Item> items) {
        try {
            return scoreTogether(model, items);
        } catch (ProblemException e) {
            if (items.size() == 1 || !TooLong.is(e)) {
                return List.of(TooLong.orThrow(e, items.get(0)));
            }
            int half = items.size() / 2;
            List<Answer> answers = new ArrayList<>(score(model, items.subList(0, half)));
            answers.addAll(score(model, items.subList(half, items.size())));
            return answers;
        }
    }

    private List<Answer> scoreTogether(ModelReference model, List<Item> items) {
        List<String> contexts =
                items.stream().map(item -> context.of(model.base(), item)).toList();
        List<String> prompts = new ArrayList<>();
        List<Integer> scoredFrom = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String before = contexts.get(i) + context.separator();
            items.get(i).choices().forEach(choice -> prompts.add(before + choice));
            scoredFrom.addAll(Collections.nCopies(items.get(i).choices().size(), characters(contexts.get(i))));
        }
        List<Completion> scored = inference
                .complete(new CompletionRequest(
                        model,
                        prompts,
                        null,
                        null,
                        SamplingParameters.greedy(0),
                        0,
                        true,
                        false,
                        null,
                        scoredFrom,
                        context.plain()))
                .completions();
        List<Answer> answers = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            answers.add(best(
                    item,
                    characters(contexts.get(i)),
                    scored.subList(at, at + item.choices().size())));
            at += item.choices().size();
        }
        return answers;
    }

    private static Answer best(Item item, int context, List<Completion> scored) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < scored.size(); i++) {
            int bytes = item.choices().get(i).getBytes(StandardCharsets.UTF_8).length;
            double value = logLikelihood(scored.get(i), context) / Math.max(1, bytes);
            if (value > highest) {
                highest = value;
                best = i;
            }
        }
        String chosen = item.choices().get(best);
        return Answer.of(item.id(), chosen, chosen.equals(item.answer()));
    }

    /** Sum over the tokens that do not end before the context does. */
    private static double logLikelihood(Completion completion, int context) {
        List<TokenLogprob> tokens = Objects.requireNonNull(completion.logprobs(), "the worker sent no logprobs");
        double sum = 0;
        for (int i = 0; i < tokens.size(); i++) {
            int end = i + 1 < tokens.size() ? tokens.get(i + 1).offset() : Integer.MAX_VALUE;
            Double logprob = tokens.get(i).logprob();
            if (end > context && logprob != null) {
                sum += logprob;
            }
        }
        return sum;
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
