package dev.paddock.worker.inference;

import java.util.List;

/**
 * A prompt as text and as tokens.
 *
 * @param text as given or rendered
 * @param ids its tokens
 * @param added how many of the first of them are not in the text
 * @param data code points of the text at which a control token's text is ordinary
 */
@SuppressWarnings("ArrayRecordComponent")
record EncodedPrompt(String text, int[] ids, int added, List<Integer> data) {}
