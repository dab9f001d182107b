package dev.paddock.evaluation.run;

import dev.paddock.evaluation.suite.Item;

/** {@code Question: …\nAnswer:} without a chat, as lm-evaluation-harness asks. */
final class RawContext implements ChoiceContext {
    @Override
    public String of(String base, Item item) {
        return "Question: " + item.prompt().get(item.prompt().size() - 1).content() + "\nAnswer:";
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
