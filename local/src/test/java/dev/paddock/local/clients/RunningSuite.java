package dev.paddock.local.clients;

import dev.paddock.local.suite.TinySuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/** Gives tests one suite, which starts when the first of them asks for it and stops when the last one has ended. */
final class RunningSuite implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(RunningSuite.class);

    /** The same answer whatever else runs. */
    private static final String EXACT = "-Dpaddock.serving.precision=fp32 -Dpaddock.serving.vectors=false";

    private record Started(TinySuite suite, Path folder) implements AutoCloseable {
        static Started now() {
            try {
                Path folder = Files.createTempDirectory("paddock-clients");
                return new Started(new TinySuite(folder, EXACT), folder);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            suite.close();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TinySuite.class;
    }

    @Override
    public TinySuite resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("suite", key -> Started.now(), Started.class)
                .suite();
    }
}
