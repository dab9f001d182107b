package dev.paddock.dataset.extract;

import java.nio.file.Path;

/** Reads one document in a JVM of its own and prints how many blocks it has. */
final class ExtractMain {
    private ExtractMain() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(DocumentKindTest.extract(Path.of(arguments[0])).size() + " blocks");
    }
}
