package dev.paddock.local.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.local.model.ModelCatalogue.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubDownloadTest {
    private static final String AT = "/mirror/hf/org/model/resolve/main/";
    private static final Source.Hub MODEL =
            new Source.Hub("org/model", "main", List.of("config.json", "model.safetensors"));

    @TempDir
    private Path folder;

    private FakeHub hub;
    private FakeHub store;

    @BeforeEach
    void start() throws IOException {
        hub = new FakeHub();
        store = new FakeHub();
    }

    @AfterEach
    void stop() {
        hub.close();
        store.close();
    }

    @Test
    void filesComeFromBelowTheEndpointsPathAndTheTokenGoesToTheHubOnly() throws Exception {
        byte[] weights = bytes(300_000);
        hub.serve(AT + "config.json", small("{}"));
        hub.serve(AT + "model.safetensors", large(weights, store.url("/signed"), 0));
        store.serve("/signed", large(weights, null, 0));

        fetch();

        assertThat(folder.resolve("files/config.json")).hasContent("{}");
        assertThat(folder.resolve("files/model.safetensors")).hasBinaryContent(weights);
        assertThat(hub.asked).extracting(FakeHub.Asked::token).containsOnly(Optional.of("Bearer secret"));
        assertThat(store.asked).isNotEmpty().extracting(FakeHub.Asked::token).containsOnly(Optional.empty());
    }

    @Test
    void aCutDownloadGoesOnWhereItStopped() throws Exception {
        byte[] weights = bytes(300_000);
        hub.serve(AT + "config.json", small("{}"));
        hub.serve(AT + "model.safetensors", large(weights, null, 200_000));

        assertThatThrownBy(this::fetch).isInstanceOf(SourceFailedException.class);
        Path part = folder.resolve("files/model.safetensors.part");
        assertThat(part).exists();
        long kept = Files.size(part);
        assertThat(kept).isBetween(1L, 200_000L);
        fetch();

        assertThat(folder.resolve("files/model.safetensors")).hasBinaryContent(weights);
        assertThat(part).doesNotExist();
        assertThat(hub.asked.get(hub.asked.size() - 1).range()).hasValue("bytes=" + kept + "-");
    }

    @Test
    void otherBytesThanTheHubNamesAreRefused() throws Exception {
        hub.serve(AT + "config.json", new FakeHub.Served(bytes(10), "0".repeat(40), Optional.empty(), 0));
        assertThatThrownBy(this::fetch).hasMessageContaining("config.json does not have the digest");
        hub.serve(AT + "config.json", small("{}"));
        hub.serve(AT + "model.safetensors", new FakeHub.Served(bytes(10), "0".repeat(64), Optional.empty(), 0));
        assertThatThrownBy(this::fetch).hasMessageContaining("model.safetensors does not have the digest");
        assertThat(folder.resolve("files/model.safetensors")).doesNotExist();
        hub.serve(AT + "config.json", new FakeHub.Served(bytes(10), "some-version", Optional.empty(), 0));
        assertThatThrownBy(this::fetch).hasMessageContaining("names no digest of config.json");
    }

    @Test
    void aRedirectOfTheHubToItselfIsFollowedForTheDigest() throws Exception {
        hub.serve(
                AT + "config.json",
                new FakeHub.Served(new byte[0], "", Optional.of(URI.create("/cache/config.json")), 0));
        hub.serve("/cache/config.json", small("{}"));
        hub.serve(AT + "model.safetensors", large(bytes(10), null, 0));
        fetch();
        assertThat(folder.resolve("files/config.json")).hasContent("{}");
    }

    @Test
    void aWholePullIsUsedAgainWhereTheHubCannotBeAsked() throws Exception {
        hub.serve(AT + "config.json", small("{}"));
        hub.serve(AT + "model.safetensors", large(bytes(10), null, 0));
        fetch();
        hub.close();
        assertThatCode(this::fetch).as("the hub does not answer").doesNotThrowAnyException();
        assertThatCode(() -> fetch(Map.of("HF_HUB_OFFLINE", "1"))).as("offline").doesNotThrowAnyException();
        assertThat(folder.resolve("files"))
                .isDirectoryNotContaining(file -> !List.of("config.json", "model.safetensors")
                        .contains(file.getFileName().toString()));

        Files.writeString(folder.resolve("files/config.json"), "changed");
        assertThatThrownBy(() -> fetch(Map.of("HF_HUB_OFFLINE", "1"))).hasMessageContaining("HF_HUB_OFFLINE is set");
    }

    @Test
    void aPullThatWasCutShortIsNotUsedOffline() throws Exception {
        hub.serve(AT + "config.json", small("{}"));
        assertThatThrownBy(this::fetch).isInstanceOf(SourceFailedException.class);
        assertThatThrownBy(() -> fetch(Map.of("HF_HUB_OFFLINE", "1"))).isInstanceOf(SourceFailedException.class);
    }

    private void fetch() throws SourceFailedException {
        fetch(Map.of("HF_ENDPOINT", hub.url("/mirror/hf/").toString(), "HF_TOKEN", "secret"));
    }

    private void fetch(Map<String, String> environment) throws SourceFailedException {
        HubSettings settings = HubSettings.of(environment);
        new HubDownload(settings, new Silent()).fetch(MODEL, folder.resolve("files"));
    }

    /** Named by git's SHA-1, as the hub names small files. */
    private FakeHub.Served small(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("small"), text);
        return new FakeHub.Served(Files.readAllBytes(file), FileDigests.gitBlob(file), Optional.empty(), 0);
    }

    private FakeHub.Served large(byte[] bytes, @Nullable URI redirect, int cutAt) throws IOException {
        Path file = Files.write(folder.resolve("large"), bytes);
        return new FakeHub.Served(bytes, FileDigests.sha256(file), Optional.ofNullable(redirect), cutAt);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
