package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.methods.training.Runs.Attempt;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Rows and parameters that a run cannot begin with: each ends it with what is wrong and the way out. */
class BadInputTest {
    private static final String GOOD =
            "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]}";

    @TempDir
    private Path folder;

    private Attempt train(String objective, String rows, ObjectNode params) throws Exception {
        Files.writeString(folder.resolve("train.jsonl"), rows.replace('\'', '"') + "\n");
        return new Runs(folder, "lora", "lora", objective).train(params, "run", new Attempt(1), null);
    }

    private static ObjectNode params() {
        return Runs.json("{\"r\":2,\"epochs\":1,\"batchSize\":1,\"sequenceLength\":64,\"precision\":\"fp32\"}");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sft | {'messages':[{'role':'user','content':'a'}]} | row 1: the last message must be the assistant's",
                "sft | {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':' '}]} | row 1: the assistant's answer is empty",
                "sft | {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}],'label':false} | no rows to train on",
                "sft | {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}],'weight':0} | no rows to train on",
                "sft | {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}],'weight':-1} | row 1: weight must be",
                "dpo | {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]} | row 1: lacks rejected",
                "ipo | {'messages':[{'role':'user','content':'a'}],'rejected':'c'} | row 1: lacks chosen",
                "simpo | {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}],'rejected':' '} | row 1: the assistant's answer is empty",
                "orpo | {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]} | row 1: lacks rejected",
                "kto | {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]} | row 1: lacks label",
                "causal-lm | {'prompt':'a'} | row 1: has neither text nor messages"
            })
    void everyObjectiveNamesTheRowAndWhatItLacks(String objective, String row, String message) {
        assertThatThrownBy(() -> train(objective, row, params()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void longRowsEndTheRunOnlyWhereTheyAreRefused() throws Exception {
        String rows = GOOD + "\n" + GOOD.replace("'a'", "'" + "why ".repeat(100) + "'") + "\n"
                + GOOD.replace("'b'", "'" + "so ".repeat(100) + "'");
        assertThatThrownBy(() -> train("sft", rows, params().put("overlong", "refuse")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 2: has")
                .hasMessageContaining("the limit is 64");
        assertThat(train("sft", rows, params()).lines)
                .anyMatch(line ->
                        line.startsWith("2 documents; 1 rows lost the beginning of their prompt, 0 were divided,"
                                + " 1 were left out"));
        assertThat(train("sft", rows, params().put("overlong", "split")).lines)
                .anyMatch(line -> line.contains("1 were divided, 0 were left out"));
    }

    @Test
    void longComparisonsAndLabelledTextsAreCutOrRefused() throws Exception {
        String pair = GOOD.replace("]}", "],'rejected':'c'}");
        String pairs = pair + "\n" + pair.replace("'a'", "'" + "why ".repeat(100) + "'");
        assertThat(train("dpo", pairs, params()).lines)
                .anyMatch(line -> line.startsWith("2 rows; 1 lost the beginning of their prompts, 0 were left out"));
        assertThatThrownBy(() -> train("dpo", pairs, params().put("overlong", "refuse")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 2: has")
                .hasMessageContaining("let overlong be truncate");
        String labelled = GOOD + "\n" + GOOD.replace("'b'", "'d'").replace("'a'", "'" + "why ".repeat(100) + "'");
        assertThat(train("label-supervised", labelled, params()).lines)
                .anyMatch(line -> line.startsWith("2 rows with 2 labels; 1 were cut to 64 tokens, 0 were left out"));
        assertThatThrownBy(() -> train("label-supervised", labelled, params().put("overlong", "refuse")))
                .hasMessageContaining("row 2: has")
                .hasMessageContaining("the limit is 64");
    }
}
