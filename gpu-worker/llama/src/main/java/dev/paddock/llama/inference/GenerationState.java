package dev.paddock.llama.inference;

import dev.paddock.llama.inference.draft.Draft;
import dev.paddock.llama.inference.draft.DraftCounts;
import dev.paddock.llama.inference.sampling.Distribution;
import dev.paddock.llama.inference.sampling.Logits;
import dev.paddock.llama.inference.sampling.Sampler;
import dev.paddock.llama.inference.sampling.TokenLogProbability;
import dev.paddock.llama.inference.schedule.Slice;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One answer in the making: its tokens, its text, and whom it is told to. For the model's own thread. */
final class GenerationState extends RequestState {
    private final NamelessIds nameless;
    private final Sampler sampler;
    private final AnswerText text;
    private final RoutingShares shares = new RoutingShares();
    private DraftCounts drafts = DraftCounts.NONE;
    private int[] tokens;
    private int length;
    private int scoredTo;

    GenerationState(GenerationRequest request, Tokenizer tokenizer, NamelessIds nameless, GenerationListener listener) {
        super(request, listener);
        this.nameless = nameless;
        this.sampler = new Sampler(request.sampling(), request.prompt());
        this.text = new AnswerText(request, tokenizer);
        this.tokens = Arrays.copyOf(request.prompt(), request.prompt().length + Math.min(request.newTokens(), 64));
        this.length = request.prompt().length;
    }

    @Override
    int rows() {
        return 1;
    }

    @Override
    int[] tokens() {
        return tokens;
    }

    @Override
    int length() {
        return length;
    }

    @Override
    List<StepInput> inputs(Slice slice, Draft draft) {
        boolean answers = slice.end() == length && request().newTokens() > 0;
        int[] run = Arrays.copyOfRange(tokens, slice.first(), slice.end() + draft.size());
        System.arraycopy(draft.tokens(), 0, run, slice.count(), draft.size());
        return List.of(
                new StepInput(sequence(), run, answers ? 1 + draft.size() : 0, scoring(slice.first(), slice.end())));
    }

    private StepInput.@Nullable Scoring scoring(int first, int end) {
        int prompt = request().prompt().length;
        int from = Math.max(Math.max(first + 1, request().scoredFrom()), scoredTo);
        int to = Math.min(end + 1, prompt);
        if (from >= to) {
            return null;
        }
        int[] targets = Arrays.copyOfRange(tokens, from, to);
        return new StepInput.Scoring(
                from - 1 - first, targets, Math.max(0, request().alternatives()));
    }

    @Override
    int accept(List<StepOutput> outputs, Slice slice, Draft draft) {
        StepOutput output = outputs.get(0);
        cached(slice.end());
        if (!output.scores().isEmpty()) {
            scoredTo = Math.min(cached() + 1, request().prompt().length);
            listener().promptScored(nameless.named(output.scores()));
        }
        if (!output.answers().isEmpty()) {
            return add(output, draft);
        }
        if (cached() >= request().prompt().length && request().newTokens() == 0) {
            ended(FinishReason.LENGTH);
        }
        return 0;
    }

    /** Adds the token behind each row of logits, up to the first one that was not guessed: what follows that one never was. */
    private int add(StepOutput output, Draft draft) {
        List<float[]> rows = output.answers();
        int added = 0;
        int right = 0;
        while (added == right && added < rows.size() && reason() == null) {
            add(rows.get(added), draft, added);
            shares.add(
                    output.routing().isEmpty() ? new float[0] : output.routing().get(added));
            right += added < draft.size() && tokens[length - 1] == draft.tokens()[added] ? 1 : 0;
            added++;
        }
        cached(cached() + right);
        drafts = drafts.plus(draft.size(), right);
        return reason() == null ? added : 0;
    }

    private void add(float[] logits, Draft draft, int place) {
        nameless.mask(logits);
        int token = choose(logits, draft, place);
        TokenScore score = score(token, logits);
        append(token);
        String piece = text.append(token);
        if (text.ended()) {
            ended(FinishReason.STOP);
        } else if (newTokens() == request().newTokens()) {
            ended(request().constraint() == null ? FinishReason.LENGTH : FinishReason.STOP);
        }
        listener().token(new GeneratedToken(token, piece, score));
    }

    private int choose(float[] logits, Draft draft, int place) {
        BitSet allowed = text.allowed(request().newTokens() - newTokens());
        Distribution chance = place < draft.size() ? draft.chance(place) : null;
        return chance == null
                ? sampler.next(logits, allowed)
                : sampler.next(logits, allowed, draft.tokens()[place], chance);
    }

    private void append(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * length);
        }
        tokens[length++] = token;
    }

    private @Nullable TokenScore score(int token, float[] logits) {
        if (request().alternatives() < 0) {
            return null;
        }
        double sum = Logits.logSumExp(logits);
        List<TokenLogProbability> top = Logits.top(logits, request().alternatives(), sum);
        return nameless.named(new TokenScore(token, logits[token] - sum, top));
    }

    private int newTokens() {
        return length - request().prompt().length;
    }

    @Override
    void finish(FinishReason why) {
        listener()
                .finished(new Finished(
                        why, text.finish(), request().prompt().length, newTokens(), shares.values(), drafts));
    }
}
