package dev.paddock.evaluation.run;

import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.evaluation.inference.Inference;
import dev.paddock.evaluation.run.ChoiceContext.Context;
import dev.paddock.evaluation.suite.Item;
import dev.paddock.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Multiple choice by log-likelihood: the choice whose tokens after the context have the highest sum of log-probabilities per
 * byte, as lm-evaluation-harness computes {@code acc_norm}. The choices of a batch are scored in as few calls as
 * the worker allows.
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
        List<Context> contexts =
                items.stream().map(item -> context.of(model.base(), item)).toList();
        List<String> prompts = new ArrayList<>();
        List<Integer> scoredFrom = new ArrayList<>();
        List<List<Integer>> data = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Context before = contexts.get(i);
            for (String choice : items.get(i).choices()) {
                String prompt = before.text() + context.separator() + choice;
                prompts.add(prompt);
                scoredFrom.add(before.length());
                data.add(ordinary(before, prompt));
            }
        }
        List<Completion> scored = new ArrayList<>();
        for (int at = 0; at < prompts.size(); at += CompletionRequest.MOST_PROMPTS) {
            int end = Math.min(prompts.size(), at + CompletionRequest.MOST_PROMPTS);
            scored.addAll(scored(model, prompts.subList(at, end), scoredFrom.subList(at, end), data.subList(at, end)));
        }
        List<Answer> answers = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            answers.add(best(
                    item,
                    contexts.get(i).length(),
                    scored.subList(at, at + item.choices().size())));
            at += item.choices().size();
        }
        return answers;
    }

    private List<Completion> scored(
            ModelReference model, List<String> prompts, List<Integer> scoredFrom, List<List<Integer>> data) {
        return inference
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
                        context.plain(),
                        context.plain() ? null : data))
                .completions();
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

    /** What an item wrote: its part of the context, and the choice wholly. */
    private static List<Integer> ordinary(Context context, String prompt) {
        return IntStream.concat(
                        context.data().stream().mapToInt(Integer::intValue),
                        IntStream.range(context.length(), prompt.codePointCount(0, prompt.length())))
                .boxed()
                .toList();
    }
}
