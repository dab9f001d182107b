/** From a conversation to a score: windows, prompts, the worker's first token. */
@NullMarked
package dev.paddock.guard.judge;

import org.jspecify.annotations.NullMarked;
