package dev.paddock.guard.judge;

import java.util.List;

/** The worst of all windows, and how many there were. */
public record Judgement(boolean safe, double score, List<String> categories, int windows) {}
