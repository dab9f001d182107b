package dev.paddock.llama.classification;

import dev.paddock.llama.classification.MessageTokens.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns bytes of a rendered text into characters of the message that stands in it, token after token. */
final class MessagePlaces {
    private final int[] points;
    /** By byte of the stripped message, the code point of the message that it belongs to. */
    private final int[] pointOfByte;

    private final int firstByte;
    private final List<Place> taken = new ArrayList<>();

    /**
     * Prepares the way from bytes to characters.
     *
     * @param content the message
     * @param leading UTF-16 units of white space that it begins with
     * @param firstByte where the message without white space around it begins in the rendered text
     */
    MessagePlaces(String content, int leading, int firstByte) {
        this.points = content.codePoints().toArray();
        this.firstByte = firstByte;
        String stripped = content.strip();
        this.pointOfByte = new int[stripped.getBytes(StandardCharsets.UTF_8).length];
        int point = content.codePointCount(0, leading);
        int at = 0;
        for (int value : stripped.codePoints().toArray()) {
            int size = Character.toString(value).getBytes(StandardCharsets.UTF_8).length;
            for (int i = 0; i < size; i++) {
                pointOfByte[at++] = point;
            }
            point++;
        }
    }

    /**
     * Gives the token of the rendered bytes {@code [from, to)} its place; none where it has nothing of the message but white space
     * and what the token before it has begun.
     */
    void take(int token, int from, int to) {
        int first = Math.max(0, from - firstByte);
        int last = Math.min(pointOfByte.length, to - firstByte) - 1;
        if (first > last) {
            return;
        }
        int start = Math.max(
                pointOfByte[first],
                taken.isEmpty() ? 0 : taken.get(taken.size() - 1).end());
        int end = pointOfByte[last] + 1;
        while (start < end && Character.isWhitespace(points[start])) {
            start++;
        }
        while (end > start && Character.isWhitespace(points[end - 1])) {
            end--;
        }
        if (start < end) {
            taken.add(new Place(token, start, end));
        }
    }

    List<Place> taken() {
        return taken;
    }
}
