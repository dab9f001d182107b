package dev.paddock.local.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.local.client.RestApi;
import dev.paddock.local.model.ModelPuller.Pulled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelImportTest {
    @TempDir
    private Path folder;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/bases", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** As a file in a Hugging Face cache: a link to a file elsewhere, here of another file system where there is one. */
    @Test
    void aFileIsStoredWithoutATraceBesideIt() throws IOException {
        Path elsewhere = Files.createTempDirectory(
                Files.isWritable(Path.of("/dev/shm")) ? Path.of("/dev/shm") : folder, "blobs");
        try {
            Path blob = Files.writeString(elsewhere.resolve("blob"), "weights");
            Path models = Files.createDirectory(folder.resolve("models"));
            Path file = Files.createSymbolicLink(models.resolve("model.gguf"), blob);
            Path temporary = Files.createDirectory(folder.resolve("tmp"));
            Files.setLastModifiedTime(models, java.nio.file.attribute.FileTime.fromMillis(0));
            FolderArtifactStore store = new FolderArtifactStore(folder.resolve("artifacts"));

            String digest = new ModelImport(store, platform(), temporary)
                    .base(new Pulled("base", file, "folder", "not stated"))
                    .path("digest")
                    .asString();

            assertThat(digest).startsWith("sha256:");
            assertThat(temporary).isEmptyDirectory();
            assertThat(Files.getLastModifiedTime(models).toMillis())
                    .as("nothing was ever made in the model's folder")
                    .isZero();
            assertThat(blob).hasContent("weights");
        } finally {
            delete(elsewhere);
        }
    }

    private RestApi platform() {
        return new RestApi("http://127.0.0.1:" + server.getAddress().getPort(), () -> "token");
    }

    private static void delete(Path elsewhere) throws IOException {
        try (Stream<Path> files = Files.list(elsewhere)) {
            for (Path file : List.copyOf(files.toList())) {
                Files.delete(file);
            }
        }
        Files.delete(elsewhere);
    }
}
