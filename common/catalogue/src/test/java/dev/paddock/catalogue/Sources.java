package dev.paddock.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.catalogue.processor.EntryProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources with the catalogue's processor, as a module's build does. */
public final class Sources {
    private Sources() {}

    /** An entry in the unnamed package; {@code head} is all between the annotation and the class body. */
    public static JavaFileObject entry(String name, String id, String head) {
        return file(name, """
                import dev.paddock.catalogue.*;
                @CatalogueEntry(id = "%s", family = "tests", summary = "Greets.", paper = "None")
                %s {
                    public record Params(@Parameter(value = "1", description = "How often.") int times) {}
                    public String greet(Params params) { return "hello"; }
                }
                """.formatted(id, head));
    }

    /** An entry of a kind whose entries have examples, with {@code example} in single quotation marks. */
    public static JavaFileObject singer(String example) {
        return file("Solo", """
                import dev.paddock.catalogue.*;
                @CatalogueEntry(id = "solo", family = "tests", summary = "Sings.", paper = "None", example = "%s")
                public final class Solo implements Singer<Solo.Params> {
                    public record Params() {}
                }
                """.formatted(example.replace("'", "\\\"")));
    }

    public static JavaFileObject file(String name, String text) {
        return new SimpleJavaFileObject(
                java.net.URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** Error messages of a compilation into {@code folder}; none when it succeeds. */
    public static List<String> compile(Path folder, JavaFileObject... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        var task = compiler.getTask(
                null,
                null,
                diagnostics,
                List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                null,
                List.of(sources));
        task.setProcessors(List.of(new EntryProcessor()));
        task.call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    /** A loader over this class path and the given folders. */
    public static URLClassLoader loader(Path... folders) {
        return new URLClassLoader(
                Stream.of(folders).map(Sources::url).toArray(URL[]::new), Greeter.class.getClassLoader());
    }

    /** Writes an index by hand, as a foreign jar could hold it. */
    public static void index(Path folder, String className) throws IOException {
        Path index = folder.resolve(Index.path(Greeter.class.getName()));
        Files.createDirectories(index.getParent());
        Files.write(index, (className + "\n").getBytes(UTF_8));
    }

    private static URL url(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
