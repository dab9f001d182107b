package dev.paddock.evaluation.suite;

/** How an item is put to a model and scored. */
public enum Protocol {
    /** The choice with the highest log-likelihood per byte after {@code Question: …\nAnswer:} (lm-eval's acc_norm). */
    LOG_LIKELIHOOD,
    /** The choice with the highest log-likelihood per byte as the answer to the chat-rendered prompt. */
    CHAT_LOG_LIKELIHOOD,
    /** The greedy answer to the chat-rendered prompt, stripped, equal to the right answer. */
    EXACT_MATCH,
    /** The classifier's label, equal to the right one; a base without a head is asked for it in the chat. */
    LABEL,
    /** The classifier's spans against the right ones; a base without a head is asked for them in the chat. */
    SPANS
}
