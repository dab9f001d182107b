package dev.paddock.dataset.recipe;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.catalogue.Item;
import dev.paddock.catalogue.Parameters;
import dev.paddock.catalogue.UnknownEntryException;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.FieldProblem;
import dev.paddock.kit.problem.ProblemException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The recipes by name, with a caller's mistakes as problem documents. */
@SuppressWarnings("rawtypes")
public final class Recipes {
    private final Catalogue<Recipe> catalogue;

    Recipes(Catalogue<Recipe> catalogue) {
        this.catalogue = catalogue;
    }

    /** A recipe as the API shows it. */
    public record View(String id, String family, String summary, String paper, ObjectNode parameters) {}

    List<View> views() {
        return catalogue.items().stream()
                .map(item -> new View(
                        item.id(),
                        item.family(),
                        item.summary(),
                        item.paper(),
                        item.parameters().schema().json()))
                .toList();
    }

    /** Binds the parameters of an order to the recipe it names. */
    @SuppressWarnings("unchecked")
    public ReadyRecipe prepare(String id, ObjectNode params) {
        try {
            Item<Recipe> item = catalogue.get(id);
            Parameters<Record> parameters = (Parameters<Record>) item.parameters();
            Record bound = parameters.bind(params);
            return new ReadyRecipe(item.id(), parameters.write(bound), (sources, rows) -> item.implementation()
                    .apply(bound, sources, rows));
        } catch (UnknownEntryException e) {
            throw ProblemException.invalid("recipe", id, String.valueOf(e.getMessage()));
        } catch (InvalidParametersException e) {
            throw new ProblemException(
                    CommonProblem.INVALID_REQUEST,
                    "recipe " + id + ": " + e.getMessage(),
                    e.violations().stream()
                            .map(violation -> new FieldProblem(
                                    "params." + violation.field(), violation.value(), violation.rule()))
                            .toList());
        }
    }
}
