package dev.paddock.evaluation.run;

import dev.paddock.evaluation.suite.Item;
import java.util.List;

/** {@code Question: …\nAnswer:} without a chat, as lm-evaluation-harness asks. */
final class RawContext implements ChoiceContext {
    @Override
    public Context of(String base, Item item) {
        String question = item.prompt().get(item.prompt().size() - 1).content();
        return new Context("Question: " + question + "\nAnswer:", List.of());
    }

    @Override
    public String separator() {
        return " ";
    }

    @Override
    public boolean plain() {
        return true;
    }
}
