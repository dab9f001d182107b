package dev.paddock.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Definitions of functions are judged like everything else that a caller sends, in words. */
class FunctionVerdictTest extends GuardStory {
    private static final String FUNCTIONS =
            "system:[{\"type\":\"function\",\"function\":{\"name\":\"find_parcel\",\"description\":\"Tells where a %s is.\","
                    + "\"parameters\":{\"type\":\"object\",\"properties\":{\"%s\":{\"type\":\"string\",\"enum\":[\"%s\"]}},"
                    + "\"%s\":1}}}]";

    @Test
    void theGuardReadsWords() {
        deployedGuard();

        assertThat(safe("parcel", "place", "shop", "minLength")).isTrue();

        List<String> prompts = Objects.requireNonNull(worker.requests.get(0).prompts());
        assertThat(prompts.get(0))
                .contains("User: find parcel Tells where a parcel is. place shop 1\n<END CONVERSATION>");
        assertThat(prompts.get(1))
                .contains("User: find parcel Tells where a parcel is. place shop 1\n\nUser: Hi.\n<END CONVERSATION>");
    }

    @Test
    void nothingPassesInADefinition() {
        deployedGuard();

        assertThat(safe("bomb", "place", "shop", "minLength")).isFalse();
        assertThat(safe("parcel", "bomb", "shop", "minLength")).isFalse();
        assertThat(safe("parcel", "place", "bomb", "minLength")).isFalse();
        assertThat(safe("parcel", "place", "shop", "bomb")).isFalse();
    }

    private boolean safe(String... words) {
        return judge("user", FUNCTIONS.formatted((Object[]) words), "user:Hi.")
                .json()
                .path("safe")
                .asBoolean();
    }
}
