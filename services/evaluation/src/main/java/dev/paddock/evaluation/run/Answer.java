package dev.paddock.evaluation.run;

/**
 * What a model answered to an item and whether that was right.
 *
 * @param tooLong the item is longer than the model's context, so that it could not be asked and counts as wrong
 */
public record Answer(String itemId, String output, boolean right, boolean tooLong) {
    static Answer of(String itemId, String output, boolean right) {
        return new Answer(itemId, output, right, false);
    }

    static Answer tooLong(String itemId) {
        return new Answer(itemId, "", false, true);
    }
}
