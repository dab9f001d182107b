package dev.paddock.worker.inference;

/**
 * A prompt as text and as tokens.
 *
 * @param text as given or rendered
 * @param ids its tokens
 * @param added how many of the first of them are not in the text
 */
@SuppressWarnings("ArrayRecordComponent")
record EncodedPrompt(String text, int[] ids, int added) {}
