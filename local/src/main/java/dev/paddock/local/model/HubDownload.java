package dev.paddock.local.model;

import dev.paddock.local.model.ModelCatalogue.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a model's files from the Hugging Face hub: each file goes to {@code NAME.part} and takes its name once it is
 * whole and its digest is the hub's; a download cut short goes on where it stopped.
 */
final class HubDownload {
    private static final int REDIRECTS = 5;

    private final HubSettings settings;
    private final Progress progress;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HubDownload(HubSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    Path fetch(Source.Hub hub, Path folder) throws SourceFailedException {
        if (settings.offline()) {
            return kept(hub, folder, "HF_HUB_OFFLINE is set", null);
        }
        try {
            Files.createDirectories(folder);
            Map<String, String> digests = new TreeMap<>();
            for (String file : hub.files()) {
                fetch(hub, file, folder.resolve(file)).ifPresent(found -> digests.put(file, found.etag()));
            }
            new HubPull(hub.repository(), hub.revision(), hub.files(), digests).record(folder);
            return folder;
        } catch (IOException e) {
            String cause =
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            return kept(hub, folder, cause, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFailedException("hub " + hub.repository() + ": interrupted", e);
        }
    }

    /** What an earlier pull brought, where the hub cannot be asked and every file is still as it came. */
    private Path kept(Source.Hub hub, Path folder, String cause, @Nullable IOException failure)
            throws SourceFailedException {
        String message = "hub " + hub.repository() + " at " + settings.endpoint() + ": " + cause;
        if (!HubPull.isComplete(hub, folder)) {
            throw failure == null ? new SourceFailedException(message) : new SourceFailedException(message, failure);
        }
        progress.line("  " + message + "; the files of the last pull are used");
        return folder;
    }

    /** Brings one file; empty where the hub does not have it and no model needs it. */
    private Optional<HubFile> fetch(Source.Hub hub, String file, Path target)
            throws IOException, InterruptedException, SourceFailedException {
        URI uri = URI.create(settings.endpoint() + "/" + hub.repository() + "/resolve/" + hub.revision() + "/" + file);
        HttpResponse<Void> head = head(uri);
        if (head.statusCode() == 404
                && !file.equals("config.json")
                && !file.endsWith(".safetensors")
                && !file.equals("tokenizer.json")) {
            return Optional.empty();
        }
        if (head.statusCode() / 100 > 3) {
            throw new IOException(uri + " answers " + head.statusCode());
        }
        HubFile expected = HubFile.of(head.headers());
        if (!expected.hasDigest()) {
            throw new IOException(settings.endpoint() + " names no digest of " + file
                    + ": use a hub that does, or fetch the files yourself and pull them with --from");
        }
        if (Files.isRegularFile(target) && expected.matches(target)) {
            return Optional.of(expected);
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        download(uri, part, file, expected);
        if (!expected.matches(part)) {
            Files.delete(part);
            throw new IOException(
                    file + " does not have the digest that the hub names (" + expected.etag() + "); it was deleted");
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(expected);
    }

    private void download(URI uri, Path part, String file, HubFile expected) throws IOException, InterruptedException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        HttpResponse<InputStream> response = get(uri, have);
        boolean resumed = response.statusCode() == 206;
        if (!resumed && response.statusCode() != 200 && response.statusCode() != 416) {
            response.body().close();
            throw new IOException(response.uri().getHost() + " answers " + response.statusCode() + " for " + file);
        }
        if (response.statusCode() == 416) {
            response.body().close();
            return;
        }
        StandardOpenOption mode = resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (InputStream in = response.body();
                OutputStream out =
                        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            copy(in, out, file, resumed ? have : 0, expected.size());
        }
    }

    private void copy(InputStream in, OutputStream out, String file, long done, long total) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            done += n;
            progress.bar(file, done, total);
        }
    }

    /** The hub's own answer about a file; it names the digest, where a store that it redirects to need not. */
    private HttpResponse<Void> head(URI uri) throws IOException, InterruptedException {
        for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
            HttpResponse<Void> response = http.send(
                    request(uri)
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.discarding());
            Optional<URI> next = location(response).filter(this::isHub);
            if (next.isEmpty() || HubFile.of(response.headers()).hasDigest()) {
                return response;
            }
            uri = next.get();
        }
        throw new IOException(uri + " is redirected more than " + REDIRECTS + " times");
    }

    private HttpResponse<InputStream> get(URI uri, long from) throws IOException, InterruptedException {
        for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
            HttpRequest.Builder request = request(uri);
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            HttpResponse<InputStream> response = http.send(request.GET().build(), BodyHandlers.ofInputStream());
            Optional<URI> next = location(response);
            if (next.isEmpty()) {
                return response;
            }
            response.body().close();
            uri = next.get();
        }
        throw new IOException(uri + " is redirected more than " + REDIRECTS + " times");
    }

    private static Optional<URI> location(HttpResponse<?> response) {
        return response.statusCode() / 100 == 3
                ? response.headers().firstValue("location").map(response.uri()::resolve)
                : Optional.empty();
    }

    /** A request that carries the token to the hub and to nobody else. */
    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
        if (settings.token() != null && isHub(uri)) {
            request.header("Authorization", "Bearer " + settings.token());
        }
        return request;
    }

    private boolean isHub(URI uri) {
        URI hub = settings.endpoint();
        return hub.getScheme().equals(uri.getScheme())
                && hub.getHost().equals(uri.getHost())
                && hub.getPort() == uri.getPort();
    }
}
