package dev.paddock.methods.merging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.Item;
import dev.paddock.catalogue.contract.CatalogueContract;
import dev.paddock.llama.merge.MergeSource;
import dev.paddock.llama.tiny.Corpus;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.training.SourceRule;
import dev.paddock.methods.training.TrainingMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every merging method keeps the catalogue's contract, its example merges, and no training method has its name. */
@SuppressWarnings("rawtypes") // a class literal has no type arguments
class MergingCatalogueTest extends CatalogueContract {
    private final Catalogue<MergingMethod> methods = Catalogue.load(MergingMethod.class);

    @TempDir
    private Path folder;

    @Override
    protected Catalogue<?> catalogue() {
        return methods;
    }

    /** With the tiny model in every role that the method reads. */
    @Override
    protected void run(Item<?> item, ObjectNode example) throws IOException {
        assertThat(example.path("method").asString()).isEqualTo(item.id());
        assertThat(example.propertyNames()).containsExactlyInAnyOrder("method", "params");
        assertThat(example.path("params")).isNotEmpty();
        Item<MergingMethod> found = methods.get(item.id());
        Path output = Files.createDirectories(folder.resolve(item.id()));
        merge(found.implementation(), found.parameters().bind((ObjectNode) example.path("params")), output);
        try (WeightSource made = ModelFiles.open(output)) {
            assertThat(made.config().layers()).isPositive();
        }
    }

    @SuppressWarnings("unchecked") // the catalogue checked Params
    private void merge(MergingMethod method, Record params, Path output) throws IOException {
        MergeSource tiny = new MergeSource("tiny", TinyModelFiles.folder(), null);
        SourceRule rule = method.sources();
        List<MergingInput.Source> sources = rule.roles().isEmpty()
                ? Collections.nCopies(rule.fewest(), new MergingInput.Source(tiny, null, 1))
                : rule.roles().stream()
                        .map(role -> new MergingInput.Source(tiny, role, 1))
                        .toList();
        method.merge(
                params,
                new MergingInput(
                        TinyModelFiles.folder(), sources, method.rows() == RowUse.NONE ? null : rows(), output, 1),
                new InstructionResidualTest.Silent());
    }

    private Path rows() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String text : Corpus.documents(200, 3)) {
            lines.append(JsonMapper.shared().createObjectNode().put("text", text))
                    .append('\n');
        }
        return Files.writeString(folder.resolve("rows.jsonl"), lines);
    }

    @Test
    void ordersTellMethodsApartByNameAlone() {
        assertThat(methods.ids())
                .doesNotContainAnyElementsOf(
                        Catalogue.load(TrainingMethod.class).ids());
    }

    @Test
    void everyMethodSaysWhichVersionsItReads() {
        assertThat(methods.items()).allSatisfy(method -> {
            SourceRule sources = method.implementation().sources();
            assertThat(sources.fewest()).isBetween(1, sources.most());
            assertThat(sources.roles().size()).isIn(0, sources.most());
        });
    }
}
