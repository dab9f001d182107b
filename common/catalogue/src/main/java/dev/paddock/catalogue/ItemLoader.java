package dev.paddock.catalogue;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes an item of a class that an index names. An index may come from a foreign jar, so nothing in it is believed. */
final class ItemLoader {
    /** Numbers stay as they are written. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

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
                    entry.id(),
                    entry.family(),
                    entry.summary(),
                    entry.paper(),
                    example(kind, entry),
                    parameters(found),
                    implementation);
        } catch (ReflectiveOperationException e) {
            throw new CatalogueException("Cannot load catalogue entry " + className + ": " + e, e);
        }
    }

    private static @Nullable ObjectNode example(Class<?> kind, CatalogueEntry entry) {
        if (!kind.getAnnotation(EntryKind.class).examples()) {
            return null;
        }
        try {
            return JSON.readValue(entry.example(), ObjectNode.class);
        } catch (JacksonException e) {
            throw new CatalogueException("Cannot read the example of '" + entry.id() + "': " + e.getMessage(), e);
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
