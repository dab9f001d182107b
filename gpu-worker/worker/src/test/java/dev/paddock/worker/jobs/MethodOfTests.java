package dev.paddock.worker.jobs;

import dev.paddock.catalogue.Index;
import dev.paddock.methods.training.TrainingCatalogue;
import dev.paddock.methods.training.TrainingMethod;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Catalogues of one method that only tests have. */
final class MethodOfTests {
    private MethodOfTests() {}

    /** A catalogue with this method alone; its index lies in the folder. */
    @SuppressWarnings("resource") // the loader lives as long as the test
    static TrainingCatalogue alone(Class<? extends TrainingMethod<?>> method, Path folder) throws IOException {
        Path index = folder.resolve(Index.path(TrainingMethod.class.getName()));
        Files.createDirectories(index.getParent());
        Files.writeString(index, method.getName() + "\n");
        return TrainingCatalogue.load(new OnlyThisIndex(folder));
    }

    private static final class OnlyThisIndex extends URLClassLoader {
        OnlyThisIndex(Path folder) throws MalformedURLException {
            super(new URL[] {folder.toUri().toURL()}, MethodOfTests.class.getClassLoader());
        }

        @Override
        public java.util.Enumeration<URL> getResources(String name) throws IOException {
            return name.endsWith(TrainingMethod.class.getName()) ? findResources(name) : super.getResources(name);
        }
    }
}
