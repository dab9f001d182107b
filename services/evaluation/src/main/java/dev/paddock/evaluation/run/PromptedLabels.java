package dev.paddock.evaluation.run;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.evaluation.suite.Item;
import java.util.ArrayList;
import java.util.List;

/** Asks a model without a head for a label: the labels stand in the system turn, the answer is one of them. */
final class PromptedLabels implements ItemScorer {
    private static final int FEW_LABELS = 64;

    private final ItemScorer likeliest;
    private final ItemScorer generated;

    /**
     * Chooses by the number of labels: each one that is scored costs a request.
     *
     * @param likeliest for up to 64 labels: the likeliest one is taken
     * @param generated for more
     */
    PromptedLabels(ItemScorer likeliest, ItemScorer generated) {
        this.likeliest = likeliest;
        this.generated = generated;
    }

    @Override
    public List<Answer> score(ModelReference model, List<Item> items) {
        List<Item> asked = items.stream()
                .map(item -> new Item(
                        item.id(),
                        instructed(
                                item.prompt(),
                                "Answer with one of these labels and nothing else:\n"
                                        + String.join("\n", item.choices())),
                        item.choices(),
                        item.answer()))
                .toList();
        boolean few = items.get(0).choices().size() <= FEW_LABELS;
        return (few ? likeliest : generated).score(model, asked);
    }

    /** A conversation with an instruction at the end of its system turn. */
    static List<ChatMessage> instructed(List<ChatMessage> prompt, String instruction) {
        List<ChatMessage> turns = new ArrayList<>(prompt);
        boolean system = !turns.isEmpty() && turns.get(0).role().equals("system");
        String before = system ? turns.remove(0).content() + "\n\n" : "";
        turns.add(0, ChatMessage.of("system", before + instruction));
        return turns;
    }
}
