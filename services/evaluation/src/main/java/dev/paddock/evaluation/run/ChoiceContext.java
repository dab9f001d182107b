package dev.paddock.evaluation.run;

import dev.paddock.evaluation.suite.Item;

/** What stands before a choice when it is scored. */
interface ChoiceContext {
    /** The text before the choices, for a model on a base, given by the digest of its folder. */
    String of(String base, Item item);

    /** What stands between that text and a choice. */
    String separator();

    /** Whether control tokens in that text are ordinary characters: nothing but items has written it. */
    boolean plain();
}
