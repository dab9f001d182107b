package dev.paddock.catalogue;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All entries of one kind found on the class path, checked and frozen.
 *
 * @param <T> the kind, an interface marked with {@link EntryKind}
 */
public final class Catalogue<T> {
    private final String kind;
    private final Map<String, Item<T>> items;

    private Catalogue(String kind, Map<String, Item<T>> items) {
        this.kind = kind;
        this.items = Collections.unmodifiableMap(items);
    }

    /**
     * Loads what the indexes of all jars list for a kind.
     *
     * @throws CatalogueException if an index names a class that is missing, of another type, with a wrong id, or with
     *     an id that another class has
     */
    public static <T> Catalogue<T> load(Class<T> kind) {
        return load(kind, kind.getClassLoader());
    }

    /** As {@link #load(Class)}, with the indexes that {@code loader} sees. */
    public static <T> Catalogue<T> load(Class<T> kind, ClassLoader loader) {
        EntryKind name = kind.getAnnotation(EntryKind.class);
        if (name == null) {
            throw new CatalogueException(kind.getName() + " is not marked with @EntryKind");
        }
        Map<String, Item<T>> items = new TreeMap<>();
        for (String className : Index.read(kind, loader)) {
            Item<T> item = ItemLoader.load(kind, className, loader);
            Item<T> other = items.putIfAbsent(item.id(), item);
            if (other != null) {
                throw new CatalogueException("%s '%s' is defined by both %s and %s"
                        .formatted(
                                name.value(),
                                item.id(),
                                other.implementation().getClass().getName(),
                                className));
            }
        }
        return new Catalogue<>(name.value(), items);
    }

    /** What one entry is called in messages. */
    public String kind() {
        return kind;
    }

    /**
     * The entry of that name.
     *
     * @throws UnknownEntryException with near names if there is none
     */
    public Item<T> get(String id) {
        Item<T> item = items.get(id);
        if (item == null) {
            throw new UnknownEntryException(kind, id, items.keySet());
        }
        return item;
    }

    /** All ids in alphabetical order. */
    public Set<String> ids() {
        return items.keySet();
    }

    /** All entries in the order of their ids. */
    public Collection<Item<T>> items() {
        return items.values();
    }
}
