package dev.paddock.kit.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.kit.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderArtifactStoreTest {
    @TempDir
    private Path folder;

    private FolderArtifactStore store = new FolderArtifactStore(Path.of("unused"));
    private Path source = Path.of("unused");

    @BeforeEach
    void prepare() throws IOException {
        store = new FolderArtifactStore(folder.resolve("store"));
        source = folder.resolve("source");
        Files.createDirectories(source.resolve("inner"));
        Files.writeString(source.resolve("b.txt"), "second");
        Files.writeString(source.resolve("inner/a.txt"), "first");
    }

    @Test
    void aBlobIsFoundByThePublishedSha256OfItsBytes() throws IOException {
        Digest digest = store.put(bytes("abc"));
        assertThat(digest.value()).isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(store.exists(digest)).isTrue();
        assertThat(store.size(digest)).isEqualTo(3);
        try (InputStream in = store.open(digest)) {
            assertThat(in.readAllBytes()).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(store.put(bytes("abc"))).isEqualTo(digest);
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAfterADay() throws IOException {
        assertThat(store.hasContent()).isFalse();
        Path incoming = Files.createDirectories(folder.resolve("store/incoming"));
        Path left = Files.writeString(incoming.resolve("left"), "ab");
        Path written = Files.writeString(incoming.resolve("written"), "ab");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        store.put(bytes("abc"));
        assertThat(left).doesNotExist();
        assertThat(written).exists();
        assertThat(store.hasContent()).isTrue();
    }

    @Test
    void equalFoldersHaveEqualDigestsAndComeBackWhole() throws IOException {
        Digest digest = store.putFolder(source);
        Path copy = folder.resolve("copy");
        store.materialize(digest, copy);
        assertThat(Files.readString(copy.resolve("inner/a.txt"))).isEqualTo("first");
        assertThat(store.putFolder(copy)).isEqualTo(digest);
        assertThat(new String(store.manifest(digest).bytes(), StandardCharsets.UTF_8))
                .startsWith("{\"files\":[{\"path\":\"b.txt\",\"digest\":\"sha256:")
                .contains("\",\"size\":6},{\"path\":\"inner/a.txt\"");
        store.verify(digest);
    }

    @Test
    void aChangedByteIsFound() throws IOException {
        Digest digest = store.putFolder(source);
        Digest file = store.manifest(digest).file("b.txt").blob();
        Path stored = store.path(file);
        assertThat(stored.toFile().setWritable(true)).isTrue();
        Files.writeString(stored, "secone", StandardOpenOption.TRUNCATE_EXISTING);

        assertThatThrownBy(() -> store.verify(digest))
                .isInstanceOf(DamagedArtifactException.class)
                .hasMessageContaining(file.value());
        assertThatThrownBy(() -> store.open(file).readAllBytes()).isInstanceOf(DamagedArtifactException.class);
        Files.delete(stored);
        assertThatThrownBy(() -> store.verify(digest)).hasMessageContaining("b.txt");
    }

    @Test
    void anAreaKeepsTheFoldersThatItIsToKeepAndNothingElse() throws IOException {
        ArtifactStore area = store.within("checkpoints/1");
        Digest earlier = area.putFolder(source);
        Files.writeString(source.resolve("b.txt"), "third");
        Digest last = area.putFolder(source);
        Digest elsewhere = store.putFolder(source);
        Digest below = store.within("checkpoints/1/below").putFolder(source);

        area.retain(Set.of(last, Digest.of(new byte[0])));
        assertThat(area.exists(earlier)).isFalse();
        area.verify(last);
        area.retain(Set.of());
        area.retain(Set.of());
        assertThat(area.exists(last)).isFalse();
        store.verify(elsewhere);
        store.within("checkpoints/1/below").verify(below);
        store.within("checkpoints/2").retain(Set.of());
        assertThatThrownBy(() -> store.retain(Set.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no area");
    }

    @Test
    void aManifestThatLeavesItsFolderIsRefused() throws IOException {
        for (String path : new String[] {"../out", "/etc/x", "a/../../b", "a//b", "", "C:x", "a\\\\b"}) {
            String file = "{\"path\":\"" + path + "\",\"digest\":\"" + Digest.of(new byte[0]) + "\",\"size\":0}";
            Digest digest = store.put(bytes("{\"files\":[" + file + "]}"));
            assertThatThrownBy(() -> store.materialize(digest, folder.resolve("target")))
                    .as(path)
                    .isInstanceOf(DamagedArtifactException.class);
        }
        Digest noManifest = store.put(bytes("hello"));
        assertThatThrownBy(() -> store.manifest(noManifest)).isInstanceOf(DamagedArtifactException.class);
    }

    @Test
    void aFullDiskLeavesNothingBehind() throws IOException {
        InputStream full = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> store.put(full)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                        e.code().status())
                .isEqualTo(507));
        try (Stream<Path> left = Files.walk(folder.resolve("store"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
