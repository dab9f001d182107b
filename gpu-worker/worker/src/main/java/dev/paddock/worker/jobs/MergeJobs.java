package dev.paddock.worker.jobs;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.Item;
import dev.paddock.contracts.event.SourceVersion;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.llama.merge.MergeSource;
import dev.paddock.methods.merging.MergingInput;
import dev.paddock.methods.merging.MergingMethod;
import dev.paddock.methods.merging.RowUse;
import dev.paddock.methods.training.TrainingObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Runs the orders of merging methods. */
final class MergeJobs {
    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private final Catalogue<MergingMethod> methods = Catalogue.load(MergingMethod.class);

    private final Fetching fetching;

    /** Lays an artifact out in a folder of the job's, once for each digest. */
    interface Fetching {
        Path fetch(String digest) throws IOException;
    }

    MergeJobs(Fetching fetching) {
        this.fetching = fetching;
    }

    Set<String> ids() {
        return methods.ids();
    }

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    void run(TrainingOrder order, Path output, TrainingObserver observer) throws IOException {
        List<MergingInput.Source> sources = new ArrayList<>();
        for (SourceVersion source : Objects.requireNonNullElse(order.sources(), List.<SourceVersion>of())) {
            sources.add(new MergingInput.Source(model(source), source.role(), source.weight()));
        }
        Files.createDirectories(output);
        Item<MergingMethod> method = methods.get(order.method());
        MergingInput input = new MergingInput(
                fetching.fetch(order.baseDigest()),
                sources,
                rows(order, method.implementation().rows()),
                output,
                order.seed());
        observer.log("reads %d versions".formatted(sources.size()));
        run(method, order, input, observer);
    }

    private @Nullable Path rows(TrainingOrder order, RowUse use) throws IOException {
        String digest = order.datasetDigest();
        if (digest == null && use == RowUse.REQUIRED) {
            throw new IllegalArgumentException("method " + order.method() + " looks at rows and the order names none");
        }
        return digest == null || use == RowUse.NONE
                ? null
                : fetching.fetch(digest).resolve("train.jsonl");
    }

    private MergeSource model(SourceVersion source) throws IOException {
        String name = "source " + source.versionId();
        return source.baseDigest() == null
                ? new MergeSource(name, fetching.fetch(source.digest()), null)
                : new MergeSource(name, fetching.fetch(source.baseDigest()), fetching.fetch(source.digest()));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the catalogue checked that Params is the method's own record
    private static <P extends Record> void run(
            Item<MergingMethod> method, TrainingOrder order, MergingInput input, TrainingObserver observer)
            throws IOException {
        P params = (P) method.parameters().bind((ObjectNode) order.parameters());
        ((MergingMethod<P>) method.implementation()).merge(params, input, observer);
    }
}
