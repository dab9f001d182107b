package dev.paddock.worker.inference;

/**
 * A prompt as text and as tokens.
 *
 * @param text as given or rendered
 * @param ids its tokens
 */
@SuppressWarnings("ArrayRecordComponent")
record EncodedPrompt(String text, int[] ids) {}
