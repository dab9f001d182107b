package dev.paddock.dataset;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.testkit.FillableDisk;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The artifact store on a disk that can be full. */
@TestConfiguration(proxyBeanMethods = false)
class TestDisk {
    @Bean
    FillableDisk disk() {
        return new FillableDisk();
    }

    @Bean
    ArtifactStore artifactStore(@Value("${paddock.artifacts.folder}") Path folder, FillableDisk disk) {
        return new FolderArtifactStore(folder, disk);
    }
}
