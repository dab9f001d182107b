package dev.paddock.llama.inference;

import dev.paddock.llama.inference.beam.Beam;
import dev.paddock.llama.inference.beam.BeamRow;
import dev.paddock.llama.inference.beam.BeamSearch;
import dev.paddock.llama.inference.beam.BeamSettings;
import dev.paddock.llama.inference.beam.BeamToken;
import dev.paddock.llama.inference.beam.FoundBeam;
import dev.paddock.llama.inference.draft.Draft;
import dev.paddock.llama.inference.draft.DraftCounts;
import dev.paddock.llama.inference.schedule.Slice;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A beam search in the making: a cache for each beam, all of one length, which run in one step. The prompt runs once and is forked;
 * where several beams continue one, one of them takes its cache and the others copies.
 */
final class BeamState extends RequestState {
    private final BeamSettings settings;
    private final Executor executor;
    private final Tokenizer tokenizer;
    private final NamelessIds nameless;
    private final BeamSearch search;
    /** Bytes of the longest stop string. */
    private final int longestStop;
    /** Those whose tokens the caches hold, or will hold. */
    private List<Beam> beams = List.of(Beam.EMPTY);

    private int[] tokens;

    BeamState(
            GenerationRequest request,
            BeamSettings settings,
            Executor executor,
            Tokenizer tokenizer,
            NamelessIds nameless,
            GenerationListener listener) {
        super(request, listener);
        this.settings = settings;
        this.executor = executor;
        this.tokenizer = tokenizer;
        this.nameless = nameless;
        this.search =
                new BeamSearch(settings, request.newTokens(), request.endIds().size(), this::ends);
        this.tokens = request.prompt();
        longestStop = request.stop().stream()
                .mapToInt(stop -> stop.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
    }

    private boolean ends(Beam beam) {
        int[] said = beam.tokens();
        if (request().stop().isEmpty()) {
            return request().endIds().contains(said[said.length - 1]);
        }
        AnswerText text = new AnswerText(request(), tokenizer);
        for (int token = tail(said); token < said.length; token++) {
            text.append(said[token]);
        }
        return text.ended();
    }

    /** The last token, and before it all in which a stop string could have begun that ends there. */
    private int tail(int[] said) {
        int first = said.length - 1;
        for (int bytes = 0; first > 0 && bytes < longestStop; first--) {
            bytes += tokenizer.bytes(said[first - 1]).length;
        }
        return first;
    }

    @Override
    int rows() {
        return beams.size();
    }

    @Override
    int[] tokens() {
        return tokens;
    }

    @Override
    int length() {
        return tokens.length;
    }

    @Override
    List<StepInput> inputs(Slice slice, Draft draft) {
        int answers = slice.end() == length() ? 1 : 0;
        return IntStream.range(0, rows())
                .mapToObj(row -> new StepInput(
                        sequences().get(row),
                        Arrays.copyOfRange(all(beams.get(row)), slice.first(), slice.end()),
                        answers,
                        null))
                .toList();
    }

    /** Prompt and answer of a beam. */
    private int[] all(Beam beam) {
        return IntStream.concat(Arrays.stream(request().prompt()), Arrays.stream(beam.tokens()))
                .toArray();
    }

    @Override
    int accept(List<StepOutput> outputs, Slice slice, Draft draft) {
        cached(slice.end());
        if (slice.end() < length()) {
            return 0;
        }
        List<Integer> parents = search.advance(outputs.stream().map(this::row).toList());
        if (search.done()) {
            ended(FinishReason.STOP);
            return 0;
        }
        follow(parents);
        beams = search.beams();
        tokens = all(beams.get(0));
        return 1;
    }

    private BeamRow row(StepOutput output) {
        float[] logits = output.logits();
        nameless.mask(logits);
        float[] routing = output.routing().isEmpty()
                ? new float[0]
                : output.routing().get(output.routing().size() - 1);
        return BeamRow.of(logits, search.candidates(), Math.max(0, request().alternatives()), routing);
    }

    /** Gives every beam that goes on the cache of the one that it continues, or a copy of it; where that fails, none is left open. */
    private void follow(List<Integer> parents) {
        List<Long> before = sequences();
        Set<Long> open = new HashSet<>(before);
        moved(List.of());
        try {
            for (int row = 0; row < before.size(); row++) {
                if (!parents.contains(row)) {
                    open.remove(before.get(row));
                    executor.release(before.get(row));
                }
            }
            moved(taken(parents, before, open));
        } catch (RuntimeException | Error e) {
            open.forEach(executor::release);
            throw e;
        }
    }

    private List<Long> taken(List<Integer> parents, List<Long> before, Set<Long> open) {
        int capacity = request().prompt().length + request().newTokens();
        List<Long> after = new ArrayList<>();
        for (int parent : parents) {
            long cache = before.get(parent);
            if (after.contains(cache)) {
                cache = executor.fork(cache, cached(), capacity);
                open.add(cache);
            }
            after.add(cache);
        }
        return after;
    }

    @Override
    void finish(FinishReason why) {
        if (!search.done()) {
            listener().finished(new Finished(why, "", request().prompt().length, search.length()));
            return;
        }
        List<FoundBeam> found = search.answers();
        if (found.size() < settings.answers()) {
            fail(new IllegalStateException("%d answers of %d were found".formatted(found.size(), settings.answers())));
            return;
        }
        listener().found(found.stream().map(this::answer).toList());
    }

    private FoundAnswer answer(FoundBeam found) {
        AnswerText text = new AnswerText(request(), tokenizer);
        RoutingShares shares = new RoutingShares();
        List<GeneratedToken> said = new ArrayList<>();
        for (BeamToken token : found.beam().said()) {
            shares.add(token.routing());
            said.add(new GeneratedToken(token.token(), text.append(token.token()), score(token)));
        }
        FinishReason why = text.ended() ? FinishReason.STOP : FinishReason.LENGTH;
        Finished finished = new Finished(
                why, text.finish(), request().prompt().length, said.size(), shares.values(), DraftCounts.NONE);
        return new FoundAnswer(said, finished, found.score());
    }

    private @Nullable TokenScore score(BeamToken token) {
        return request().alternatives() < 0
                ? null
                : nameless.named(new TokenScore(token.token(), token.logProbability(), token.top()));
    }
}
