package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.List;

/** {@code value[index]}, {@code value.name} and {@code value[start:stop:step]} as the sandbox allows them. */
final class Subscripts {
    private Subscripts() {}

    /** {@code owner.name}: the attribute before the item. */
    static Object attribute(Object owner, String name) {
        Object member = Members.find(owner, name);
        if (member != null) {
            return member;
        }
        Object item = owner instanceof Dict dict ? dict.get(name) : null;
        return item != null ? item : Undefined.member(owner, name);
    }

    /** {@code owner[key]}: the item before the attribute. */
    static Object item(Object owner, Object key, Budget budget) {
        if (owner instanceof Undefined undefined) {
            throw undefined.failure();
        }
        Object item = owner instanceof Dict dict ? dictItem(dict, key) : sequenceItem(owner, key, budget);
        if (item == null && PythonTypes.isText(key)) {
            item = Members.find(owner, PythonText.requireText(key));
        }
        return item != null ? item : Undefined.member(owner, PythonTypes.isText(key) ? key : PythonTypes.name(key));
    }

    private static @org.jspecify.annotations.Nullable Object dictItem(Dict dict, Object key) {
        boolean unhashable = key instanceof List || key instanceof Dict;
        return unhashable ? null : dict.get(key);
    }

    private static @org.jspecify.annotations.Nullable Object sequenceItem(Object owner, Object key, Budget budget) {
        if (!Numbers.isWhole(key) || !isSequence(owner) || Numbers.whole(key).bitLength() > 31) {
            return null;
        }
        long length = Iterables.length(owner);
        long index = Numbers.whole(key).longValue();
        long position = index < 0 ? index + length : index;
        if (position < 0 || position >= length) {
            return null;
        }
        if (PythonTypes.isText(owner)) {
            String text = budget.text(PythonText.requireText(owner));
            String character = Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) position)));
            return owner instanceof Markup ? new Markup(character) : character;
        }
        return owner instanceof Range range
                ? range.get(position)
                : Iterables.elements(owner).get((int) position);
    }

    static boolean isSequence(Object value) {
        return PythonTypes.isText(value) || value instanceof List || value instanceof Tuple || value instanceof Range;
    }

    /** A slice; bounds are integers or None, out of range ones are cut. */
    static Object slice(Object owner, Object start, Object stop, Object step, Budget budget) {
        if (owner instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!isSequence(owner)) {
            return Undefined.member(owner, "slice");
        }
        if (owner instanceof Range) {
            throw ChatTemplateException.unsupported("slicing a range");
        }
        if (!isBound(start) || !isBound(stop) || !isBound(step)) {
            return Undefined.member(owner, "slice");
        }
        return cut(owner, start, stop, step == None.NONE ? 1 : Numbers.requireLong(step), budget);
    }

    private static Object cut(Object owner, Object start, Object stop, long step, Budget budget) {
        if (step == 0) {
            throw new ChatTemplateException("slice step cannot be zero");
        }
        if (PythonTypes.isText(owner)) {
            int[] codePoints = PythonText.requireText(owner).codePoints().toArray();
            StringBuilder text = new StringBuilder();
            for (int i : indices(codePoints.length, start, stop, step)) {
                text.appendCodePoint(codePoints[i]);
            }
            budget.characters(codePoints.length);
            return owner instanceof Markup ? new Markup(text.toString()) : text.toString();
        }
        List<Object> elements = Iterables.elements(owner);
        List<Object> cut = new ArrayList<>();
        for (int i : indices(elements.size(), start, stop, step)) {
            cut.add(elements.get(i));
        }
        budget.list(cut);
        return owner instanceof Tuple ? new Tuple(cut) : cut;
    }

    private static int[] indices(int length, Object start, Object stop, long step) {
        long lowest = step > 0 ? 0 : -1;
        long highest = step > 0 ? length : length - 1L;
        long from = start == None.NONE ? (step > 0 ? lowest : highest) : bound(start, length, lowest, highest);
        long to = stop == None.NONE ? (step > 0 ? highest : lowest) : bound(stop, length, lowest, highest);
        return java.util.stream.LongStream.iterate(from, i -> step > 0 ? i < to : i > to, i -> i + step)
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private static long bound(Object value, int length, long lowest, long highest) {
        long index = Numbers.whole(value)
                .max(java.math.BigInteger.valueOf(Integer.MIN_VALUE))
                .min(java.math.BigInteger.valueOf(Integer.MAX_VALUE))
                .longValue();
        return Math.max(lowest, Math.min(highest, index < 0 ? index + length : index));
    }

    private static boolean isBound(Object value) {
        return value == None.NONE || Numbers.isWhole(value);
    }
}
