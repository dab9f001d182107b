package dev.paddock.evaluation.run;

/** What a model answered to an item and whether that was right. */
public record Answer(String itemId, String output, boolean right) {}
