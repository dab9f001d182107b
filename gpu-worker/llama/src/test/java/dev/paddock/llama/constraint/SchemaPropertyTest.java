package dev.paddock.llama.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.paddock.llama.constraint.grammar.Term;
import dev.paddock.llama.constraint.schema.SchemaReader;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a model says and however few tokens it may: an answer is JSON that an independent validator finds valid. */
class SchemaPropertyTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void answersToRandomSchemasAreValid() {
        assertThat(valid(new PiecesTokenizer(600, 1), 1, 150)).isGreaterThan(100);
    }

    @Test
    void answersInTheTinyModelsVocabularyAreValid() {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            assertThat(valid(tokenizer, 2, 40)).isGreaterThan(25);
        }
    }

    @Test
    void anyObjectEndsToo() {
        Writer writer = new Writer(new PiecesTokenizer(600, 3), 3);
        Term language = SchemaReader.anyObject();
        for (int i = 0; i < 200; i++) {
            Writer.Written written = writer.write(language);
            assertThat(written.whole()).as(written.text()).isTrue();
            assertThat(JSON.readTree(written.text())).isInstanceOf(ObjectNode.class);
        }
    }

    /** Schemas that allow something, each answered three times. */
    private static int valid(Tokenizer tokenizer, long seed, int schemas) {
        Writer writer = new Writer(tokenizer, seed);
        RandomSchemas random = new RandomSchemas(seed);
        int satisfiable = 0;
        for (int i = 0; i < schemas; i++) {
            ObjectNode schema = random.next();
            Term language;
            try {
                language = SchemaReader.read(schema);
            } catch (ConstraintException e) {
                assertThat(e.getMessage()).startsWith("#");
                continue;
            }
            satisfiable++;
            for (int answer = 0; answer < 3; answer++) {
                assertValid(schema, writer.write(language));
            }
        }
        return satisfiable;
    }

    private static void assertValid(ObjectNode json, Writer.Written written) {
        assertThat(written.whole()).as("%s for %s", written.text(), json).isTrue();
        JsonNode value = JSON.readTree(written.text());
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(json);
        List<Error> errors = schema.validate(
                value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        assertThat(errors).as("%s for %s", written.text(), json).isEmpty();
    }
}
