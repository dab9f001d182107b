package dev.paddock.methods.objective;

import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.training.ChatExamples;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What lessons are made of.
 *
 * @param rows training rows as JSON Lines
 * @param tokenizer the base's
 * @param chats the base's chat template
 * @param length most tokens of a row, and of what stands in it
 * @param log takes a line for the job's log
 */
public record LessonInput(Path rows, Tokenizer tokenizer, ChatExamples chats, int length, Consumer<String> log) {}
