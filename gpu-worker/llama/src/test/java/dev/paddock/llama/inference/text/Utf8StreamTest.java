package dev.paddock.llama.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Utf8StreamTest {
    @Test
    void textIsTheSameHoweverItsBytesAreCut() {
        String text = "plain, größer, 中文, العربية, 😀👩‍👩‍👧 \u0000 end";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Utf8Stream stream = new Utf8Stream();
            StringBuilder read = new StringBuilder();
            for (int at = 0; at < bytes.length; ) {
                int end = Math.min(bytes.length, at + random.nextInt(4));
                read.append(stream.append(java.util.Arrays.copyOfRange(bytes, at, end)));
                at = end;
            }
            assertThat(read.append(stream.finish())).hasToString(text);
        }
    }

    @Test
    void aCharacterLeavesOnlyWhenItIsWhole() {
        Utf8Stream stream = new Utf8Stream();
        assertThat(stream.append(HexFormat.of().parseHex("f09f98"))).isEmpty();
        assertThat(stream.append(HexFormat.of().parseHex("80"))).isEqualTo("😀");
    }

    /** Expected values: {@code codecs.getincrementaldecoder('utf-8')('replace')} of Python 3, fed byte by byte. */
    @ParameterizedTest
    @CsvSource({
        "ff41, 1:A",
        "c0af, 2:",
        "eda080, 3:",
        "f0808041, 3:A",
        "e08041, 2:A",
        "f49080, 3:",
        "f5, 1:",
        "e4b8, 1:",
        "e4b841, 1:A",
        "f09f9841, 1:A",
        "e4e4b8ad, 1:中",
        "80bf, 2:",
    })
    void brokenBytesGiveReplacementCharactersAsInPython(String hex, String expected) {
        Utf8Stream stream = new Utf8Stream();
        StringBuilder read = new StringBuilder();
        for (byte value : HexFormat.of().parseHex(hex)) {
            read.append(stream.append(new byte[] {value}));
        }
        int colon = expected.indexOf(':');
        String replaced = "\uFFFD".repeat(Integer.parseInt(expected.substring(0, colon)));
        assertThat(read.append(stream.finish())).hasToString(replaced + expected.substring(colon + 1));
    }
}
