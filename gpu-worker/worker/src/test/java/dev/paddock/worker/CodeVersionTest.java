package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CodeVersionTest {
    @Test
    void thisBuildsVersionIsMavens() throws IOException {
        Matcher project = Pattern.compile("<version>(.+?)</version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(project.find()).isTrue();
        assertThat(CodeVersion.ofThisBuild())
                .matches(Pattern.quote(project.group(1)) + "(\\+[0-9a-f]{7,40}(-dirty)?)?");
    }

    @Test
    void aCommitStandsBehindTheVersion() {
        assertThat(CodeVersion.of("0.1.0", "1f2e3d4c5b6a-dirty")).isEqualTo("0.1.0+1f2e3d4c5b6a-dirty");
        assertThat(CodeVersion.of("0.1.0", "")).isEqualTo("0.1.0");
    }
}
