package dev.paddock.llama.inference;

import dev.paddock.llama.constraint.ConstraintCursor;
import dev.paddock.llama.inference.sampling.Logits;
import dev.paddock.llama.inference.sampling.Sampler;
import dev.paddock.llama.inference.sampling.TokenLogProbability;
import dev.paddock.llama.inference.schedule.Slice;
import dev.paddock.llama.inference.text.StopStrings;
import dev.paddock.llama.inference.text.Utf8Stream;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One answer in the making: its tokens, its text, and whom it is told to. For the model's own thread. */
final class GenerationState {
    private final GenerationRequest request;
    private final GenerationListener listener;
    private final Tokenizer tokenizer;
    private final NamelessIds nameless;
    private final Sampler sampler;
    private final Utf8Stream utf8 = new Utf8Stream();
    private final StopStrings stops;
    private final RoutingShares shares = new RoutingShares();
    private final @Nullable ConstraintCursor language;
    private int[] tokens;
    private int length;
    private boolean admitted;
    private boolean begun;
    private volatile boolean givenUp;
    private long sequence;
    private int cached;
    private int scoredTo;
    private @Nullable FinishReason reason;

    GenerationState(GenerationRequest request, Tokenizer tokenizer, NamelessIds nameless, GenerationListener listener) {
        this.request = request;
        this.listener = listener;
        this.tokenizer = tokenizer;
        this.nameless = nameless;
        this.sampler = new Sampler(request.sampling(), request.prompt());
        this.stops = new StopStrings(request.stop());
        this.language =
                request.constraint() == null ? null : request.constraint().start();
        this.tokens = Arrays.copyOf(request.prompt(), request.prompt().length + Math.min(request.newTokens(), 64));
        this.length = request.prompt().length;
    }

    GenerationRequest request() {
        return request;
    }

    /** Id of its cache in the executor; 0 before it has one. */
    long sequence() {
        return sequence;
    }

    /** From now on it counts as running. */
    void admit() {
        admitted = true;
    }

    boolean admitted() {
        return admitted;
    }

    /** It will end before the next step. For any thread. */
    void giveUp() {
        givenUp = true;
    }

    boolean givenUp() {
        return givenUp;
    }

    /** It has a cache that holds its first {@code tokens} tokens. */
    void opened(long id, int tokens) {
        sequence = id;
        cached = tokens;
        if (!begun) {
            begun = true;
            listener.begun(tokens);
        }
    }

    /** It has no cache any more, and waits for another one in which all of its tokens run again. */
    void preempted() {
        admitted = false;
        sequence = 0;
        cached = 0;
    }

    /** Tokens in its cache. */
    int cached() {
        return cached;
    }

    /** Prompt and answer so far, in the first {@link #length} places. */
    int[] tokens() {
        return tokens;
    }

    int length() {
        return length;
    }

    /** Why it has ended; null while it goes on. */
    @Nullable FinishReason reason() {
        return reason;
    }

    StepInput input(Slice slice) {
        int end = slice.first() + slice.count();
        boolean answers = end == length && request.newTokens() > 0;
        return new StepInput(
                sequence, Arrays.copyOfRange(tokens, slice.first(), end), answers, scoring(slice.first(), end));
    }

    private StepInput.@Nullable Scoring scoring(int first, int end) {
        int prompt = request.prompt().length;
        int from = Math.max(Math.max(first + 1, request.scoredFrom()), scoredTo);
        int to = Math.min(end + 1, prompt);
        if (from >= to) {
            return null;
        }
        int[] targets = Arrays.copyOfRange(tokens, from, to);
        return new StepInput.Scoring(from - 1 - first, targets, Math.max(0, request.alternatives()));
    }

    /** Takes a step's output; answers whether a token was added that must run in turn. */
    boolean accept(StepOutput output, Slice slice) {
        cached = slice.first() + slice.count();
        if (!output.scores().isEmpty()) {
            scoredTo = Math.min(cached + 1, request.prompt().length);
            listener.promptScored(nameless.named(output.scores()));
        }
        if (output.logits().length > 0) {
            shares.add(output.routing());
            return add(output.logits());
        }
        if (cached >= request.prompt().length && request.newTokens() == 0) {
            reason = FinishReason.LENGTH;
        }
        return false;
    }

    private boolean add(float[] logits) {
        nameless.mask(logits);
        int token = sampler.next(logits, language == null ? null : language.allowed(request.newTokens() - newTokens()));
        TokenScore score = score(token, logits);
        append(token);
        boolean end = request.endIds().contains(token);
        String text = end ? "" : stops.append(utf8.append(tokenizer.bytes(token)));
        if (end || stops.stopped() || ends(token)) {
            reason = FinishReason.STOP;
        } else if (newTokens() == request.newTokens()) {
            reason = language == null ? FinishReason.LENGTH : FinishReason.STOP;
        }
        listener.token(new GeneratedToken(token, text, score));
        return reason == null;
    }

    /** Whether nothing can follow a token in the answer's language. */
    private boolean ends(int token) {
        if (language == null) {
            return false;
        }
        language.accept(token, tokenizer.bytes(token));
        return language.ended();
    }

    private void append(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * length);
        }
        tokens[length++] = token;
    }

    private @Nullable TokenScore score(int token, float[] logits) {
        if (request.alternatives() < 0) {
            return null;
        }
        double sum = Logits.logSumExp(logits);
        List<TokenLogProbability> top = Logits.top(logits, request.alternatives(), sum);
        return nameless.named(new TokenScore(token, logits[token] - sum, top));
    }

    private int newTokens() {
        return length - request.prompt().length;
    }

    void finish(FinishReason why) {
        String rest = stops.append(utf8.finish()) + stops.finish();
        listener.finished(new Finished(why, rest, request.prompt().length, newTokens(), shares.values()));
    }

    void fail(RuntimeException failure) {
        listener.failed(failure);
    }
}
