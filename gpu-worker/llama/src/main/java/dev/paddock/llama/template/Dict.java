package dev.paddock.llama.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Python dict: in order of insertion, with keys equal as Python has it ({@code 1 == 1.0 == True}). */
final class Dict {
    private final Map<Object, Entry> entries = new LinkedHashMap<>();

    /** A key as first written and its value. */
    record Entry(Object key, Object value) {}

    void put(Object key, Object value) {
        Object hashed = hashable(key);
        Entry former = entries.get(hashed);
        entries.put(hashed, new Entry(former == null ? key : former.key(), value));
    }

    @Nullable Object get(Object key) {
        Entry entry = entries.get(hashable(key));
        return entry == null ? null : entry.value();
    }

    boolean contains(Object key) {
        return entries.containsKey(hashable(key));
    }

    int size() {
        return entries.size();
    }

    List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }

    List<Object> keys() {
        List<Object> keys = new ArrayList<>();
        entries.values().forEach(entry -> keys.add(entry.key()));
        return keys;
    }

    List<Object> values() {
        List<Object> values = new ArrayList<>();
        entries.values().forEach(entry -> values.add(entry.value()));
        return values;
    }

    List<Object> items() {
        List<Object> items = new ArrayList<>();
        entries.values().forEach(entry -> items.add(Tuple.of(entry.key(), entry.value())));
        return items;
    }

    /** A Java key that is equal exactly when Python's keys are; lists and dicts cannot be keys. */
    static Object hashable(Object key) {
        if (key instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        if (key instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e18) {
            return number.longValue();
        }
        if (key instanceof Markup markup) {
            return markup.text();
        }
        if (key instanceof Tuple tuple) {
            return tuple.elements().stream().map(Dict::hashable).toList();
        }
        if (key instanceof Undefined) {
            return Undefined.class;
        }
        if (key instanceof String
                || key instanceof Long
                || key instanceof BigInteger
                || key instanceof Double
                || key == None.NONE) {
            return key;
        }
        throw new ChatTemplateException("unhashable type: '" + PythonTypes.name(key) + "'");
    }
}
