package dev.paddock.catalogue;

import java.util.regex.Pattern;

/** Makes an item of a class that an index names. An index may come from a foreign jar, so nothing in it is believed. */
final class ItemLoader {
    private ItemLoader() {}

    static <T> Item<T> load(Class<T> kind, String className, ClassLoader loader) {
        try {
            Class<?> found = Class.forName(className, true, loader);
            if (!kind.isAssignableFrom(found)) {
                throw new CatalogueException(className + " is listed as a " + kind.getName() + " and is none");
            }
            CatalogueEntry entry = found.getAnnotation(CatalogueEntry.class);
            if (entry == null || !Pattern.matches(EntryIds.SYNTAX, entry.id())) {
                throw new CatalogueException(className + " has no @CatalogueEntry with an id of " + EntryIds.RULE);
            }
            T implementation = kind.cast(found.getConstructor().newInstance());
            return new Item<>(
                    entry.id(), entry.family(), entry.summary(), entry.paper(), parameters(found), implementation);
        } catch (ReflectiveOperationException e) {
            throw new CatalogueException("Cannot load catalogue entry " + className + ": " + e, e);
        }
    }

    private static Parameters<?> parameters(Class<?> entry) {
        for (Class<?> nested : entry.getDeclaredClasses()) {
            if (nested.isRecord() && nested.getSimpleName().equals(EntryIds.PARAMS)) {
                return Parameters.of(nested.asSubclass(Record.class));
            }
        }
        throw new CatalogueException(entry.getName() + " has no nested record " + EntryIds.PARAMS);
    }
}
