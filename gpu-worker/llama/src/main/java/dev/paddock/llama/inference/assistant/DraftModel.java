package dev.paddock.llama.inference.assistant;

import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.NamelessIds;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.draft.Draft;
import dev.paddock.llama.inference.draft.DraftTask;
import dev.paddock.llama.inference.draft.Drafter;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A smaller model of the same vocabulary, with caches of its own, says how sequences go on: all of a step's sequences together, a pass
 * for each token (Leviathan et al. 2023, arXiv:2211.17192). It knows no adapters.
 */
public final class DraftModel implements Drafter {
    /** Tokens read in a step at most before there is a guess: a long prompt takes several steps, and holds up none for long. */
    private static final int MOST_READ = 512;

    private final Executor executor;
    private final NamelessIds nameless;
    private final boolean drawn;
    private final Map<Long, DraftSequence> sequences = new HashMap<>();

    /**
     * @param executor runs the smaller model, and is closed with this
     * @param own the smaller model's tokenizer, not needed afterwards
     * @param target the larger one's
     * @param drawn whether guesses at sampled answers are drawn from the smaller model's distribution, rather than its likeliest tokens
     * @throws UnsupportedModelException where the tokens differ
     */
    public DraftModel(Executor executor, Tokenizer own, Tokenizer target, boolean drawn) {
        checkVocabulary(own, target);
        this.executor = executor;
        this.nameless = NamelessIds.of(own, executor.config().vocabularySize());
        this.drawn = drawn;
    }

    /**
     * Compares two models' tokens.
     *
     * @throws UnsupportedModelException where an id is not the same token in both
     */
    public static void checkVocabulary(Tokenizer own, Tokenizer target) {
        if (own.vocabularySize() != target.vocabularySize()) {
            throw new UnsupportedModelException(
                    "the draft model has %d tokens and the model %d; a draft model must have the model's vocabulary"
                            .formatted(own.vocabularySize(), target.vocabularySize()));
        }
        for (int id = 0; id < target.vocabularySize(); id++) {
            boolean same = own.has(id) == target.has(id)
                    && (!own.has(id)
                            || (own.isSpecial(id) == target.isSpecial(id)
                                    && Arrays.equals(own.bytes(id), target.bytes(id))));
            if (!same) {
                throw new UnsupportedModelException(
                        "token %d of the draft model is another one than the model's; a draft model must have the model's vocabulary"
                                .formatted(id));
            }
        }
    }

    @Override
    public List<Draft> draft(List<DraftTask> tasks) {
        int left = MOST_READ;
        List<Optional<DraftTurn>> turns = new ArrayList<>();
        for (DraftTask task : tasks) {
            Optional<DraftTurn> turn = left == 0 ? Optional.empty() : turn(task, left);
            left -= turn.map(begun -> begun.next().length).orElse(0);
            turns.add(turn);
        }
        List<DraftTurn> going = turns.stream().flatMap(Optional::stream).toList();
        while (!going.isEmpty()) {
            run(going);
            going = going.stream().filter(DraftTurn::goesOn).toList();
        }
        return turns.stream()
                .map(turn -> turn.map(DraftTurn::draft).orElse(Draft.NONE))
                .toList();
    }

    /** Nothing where the sequence has outgrown this model's context. */
    private Optional<DraftTurn> turn(DraftTask task, int mostRead) {
        int context = executor.config().contextLength();
        if (task.length() > context) {
            return Optional.empty();
        }
        DraftSequence sequence = sequences.get(task.sequence());
        if (sequence == null || !sequence.follows(task)) {
            forget(task.sequence());
            sequence = DraftSequence.open(executor, task);
            sequences.put(task.sequence(), sequence);
        }
        return Optional.of(new DraftTurn(sequence, task, mostRead, context, drawn));
    }

    private void run(List<DraftTurn> turns) {
        List<StepInput> inputs = turns.stream().map(DraftTurn::input).toList();
        List<StepOutput> outputs = executor.run(inputs);
        for (int i = 0; i < turns.size(); i++) {
            float[] logits = outputs.get(i).logits();
            nameless.mask(logits);
            turns.get(i).take(logits);
        }
    }

    @Override
    public void forget(long sequence) {
        DraftSequence left = sequences.remove(sequence);
        if (left != null) {
            executor.release(left.id());
        }
    }

    @Override
    public long weightBytes() {
        return executor.weightBytes();
    }

    @Override
    public long cacheBytesPerToken() {
        return executor.cacheBytesPerToken();
    }

    @Override
    public void close() {
        executor.close();
    }
}
