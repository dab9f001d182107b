package dev.paddock.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.local.home.UserError;
import org.junit.jupiter.api.Test;

/** What a download asks for. */
class VersionDownloadTest {
    @Test
    void optionsBecomeTheRequestsParameters() {
        assertThat(VersionDownload.query(false, false, null, false)).isEmpty();
        assertThat(VersionDownload.query(true, false, null, false)).isEqualTo("?format=IMPORTED");
        assertThat(VersionDownload.query(false, true, null, false)).isEqualTo("?format=GGUF");
        assertThat(VersionDownload.query(false, true, "q4_0", true)).isEqualTo("?format=GGUF&type=Q4_0&merged=true");
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedByName() {
        assertThatThrownBy(() -> VersionDownload.query(true, true, null, false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("exclude each other");
        assertThatThrownBy(() -> VersionDownload.query(false, false, "f16", false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--type belongs to --gguf");
    }
}
