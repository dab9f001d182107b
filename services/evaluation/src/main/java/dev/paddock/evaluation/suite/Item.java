package dev.paddock.evaluation.suite;

import dev.paddock.contracts.inference.ChatMessage;
import java.util.List;

/**
 * One question of a suite.
 *
 * @param id unique in its suite
 * @param prompt the turns before the answer
 * @param choices what may be answered; empty where the answer is free
 * @param answer the right answer's text
 */
public record Item(String id, List<ChatMessage> prompt, List<String> choices, String answer) {}
