package dev.paddock.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's data folder, which initdb makes in several steps. */
final class ClusterFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterFolder.class);

    /** Written by the server whenever it starts, first after initdb has ended, and taken away by nobody. */
    private static final String STARTED = "postmaster.opts";

    private static final long INITDB_SECONDS = 60;

    private ClusterFolder() {}

    /** Deletes a folder that no server ever ran on: what a killed start left of initdb's work. */
    static void deleteUnfinished(Path data) throws IOException {
        if (!Files.isDirectory(data) || Files.exists(data.resolve(STARTED))) {
            return;
        }
        ProcessHandle.allProcesses().filter(process -> isInitDb(process, data)).forEach(ClusterFolder::await);
        LOG.info("{} was never finished and is made anew", data);
        Files.walkFileTree(data, new Deletion());
    }

    private static boolean isInitDb(ProcessHandle process, Path data) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("initdb") && line.contains(data.toString()))
                .isPresent();
    }

    private static void await(ProcessHandle initDb) {
        try {
            initDb.onExit().orTimeout(INITDB_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new EmbeddedStartException(
                    "initdb of an earlier run (process " + initDb.pid() + ") does not end: end it by hand", e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
