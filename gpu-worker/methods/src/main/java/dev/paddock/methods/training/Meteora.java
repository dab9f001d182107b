package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Default;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.adapter.Routing;
import dev.paddock.llama.adapter.Routing.Member;
import dev.paddock.llama.training.Adaptation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/**
 * Gates over LoRA adapters that are there: in every linear layer that an adapter changes, one for each token weighs all of them, and
 * the heaviest act. Adapters and base stay as they are; the result holds the adapters and serves requests that name none of them.
 */
@CatalogueEntry(
        id = "meteora",
        family = "routing",
        summary =
                "Trains gates over adapters that are there, which choose for every token and layer which of them act.",
        paper = "MeteoRA: Multiple-tasks Embedded LoRA for Large Language Models",
        example = """
                {"method":"meteora","params":{"topK":2,"learningRate":0.002,"epochs":2}}
                """)
public final class Meteora implements GradientMethod<Meteora.Params> {
    private static final int MOST_SOURCES = 64;

    /** The paper's k, and the terms of Hugging Face's trainer. */
    public record Params(
            @Parameter(
                    value = "2",
                    description = "Adapters that act on a token, at most as many as there are sources; the weight of a"
                            + " single one would be 1 whatever its gate says, and nothing could be learnt")
            @Min(2) @Max(16) int topK,

            @Default(of = "learningRate", value = "0.002") @Default(of = "epochs", value = "2") @JsonUnwrapped @Valid CourseParams course)
            implements WithCourse {}

    @Override
    public SourceRule sources() {
        return SourceRule.adapters(2, MOST_SOURCES);
    }

    @Override
    public String adapter() {
        return NONE;
    }

    /** The sources are the adapters. */
    @Override
    public boolean allowsAdapter(String id) {
        return false;
    }

    @Override
    public String objective() {
        return "sft";
    }

    /** Any loss on texts. */
    @Override
    public boolean allowsObjective(String id, String family) {
        return !family.equals("labels");
    }

    @Override
    public void train(Params params, Choice choice, TrainingInput input, TrainingObserver observer) {
        List<Member> members =
                input.sources().stream().map(source -> member(source, input)).toList();
        observer.log("gates choose " + params.topK() + " of " + members.size() + " adapters for every token");
        GradientMethod.super.train(
                params, choice.training(Adaptation.gates(new Routing(members, params.topK()))), input, observer);
    }

    private static Member member(TrainingInput.Source source, TrainingInput input) {
        if (!input.baseDigest().equals(source.baseDigest())) {
            throw new IllegalArgumentException("source " + source.name() + " is "
                    + (source.baseDigest() == null ? "a whole model" : "an adapter of " + source.baseDigest())
                    + "; gates choose among adapters of the order's base " + input.baseDigest());
        }
        if (source.weight() != 1) {
            throw new IllegalArgumentException("source " + source.name() + " has weight " + source.weight()
                    + "; gates weigh adapters by themselves: leave weight out");
        }
        return Member.read(source.name(), source.folder());
    }

    /** The adapters, which an estimate does not read, are most of what it adds to a pass. */
    @Override
    public Optional<RunPlan> plan(Params params, Choice choice, TrainingInput input) {
        return Optional.empty();
    }
}
