package dev.paddock.catalogue;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The resource that the compiler writes per kind and module: one class name a line. */
public final class Index {
    private static final String FOLDER = "META-INF/paddock/catalogue/";

    private Index() {}

    /** Where the index of a kind lies, by the kind's qualified name. */
    public static String path(String kind) {
        return FOLDER + kind;
    }

    static List<String> read(Class<?> kind, ClassLoader loader) {
        List<String> classes = new ArrayList<>();
        try {
            for (URL index : Collections.list(loader.getResources(path(kind.getName())))) {
                try (var in = index.openStream()) {
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .forEach(classes::add);
                }
            }
        } catch (IOException e) {
            throw new CatalogueException("Cannot read the index of " + kind.getName(), e);
        }
        return classes;
    }
}
