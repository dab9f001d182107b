package dev.paddock.contracts.inference;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token with its natural-log probability (null for the very first prompt token), its offset in characters (Unicode code points) and the most probable alternatives. */
public record TokenLogprob(int id, String token, @Nullable Double logprob, int offset, Map<String, Double> top) {}
