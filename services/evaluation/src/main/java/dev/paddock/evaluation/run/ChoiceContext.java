package dev.paddock.evaluation.run;

import dev.paddock.evaluation.suite.Item;
import java.util.List;

/** What stands before a choice when it is scored. */
interface ChoiceContext {
    /**
     * The text before the choices.
     *
     * @param data code points at which a control token's text is ordinary, since the item wrote it
     */
    record Context(String text, List<Integer> data) {
        int length() {
            return text.codePointCount(0, text.length());
        }
    }

    /** What stands before an item's choices, for a model on a base, given by the digest of its folder. */
    Context of(String base, Item item);

    /** What stands between that text and a choice. */
    String separator();

    /** Whether control tokens in that text are ordinary characters: nothing but items has written it. */
    boolean plain();
}
