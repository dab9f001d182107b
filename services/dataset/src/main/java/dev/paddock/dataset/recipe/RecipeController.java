package dev.paddock.dataset.recipe;

import dev.paddock.kit.paging.Page;
import dev.paddock.kit.problem.ProblemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Recipes over HTTP, with the JSON Schema of their parameters. */
@RestController
@RequestMapping("/api/v1/recipes")
class RecipeController {
    private final Recipes recipes;

    RecipeController(Recipes recipes) {
        this.recipes = recipes;
    }

    @GetMapping
    Page<Recipes.View> list() {
        return new Page<>(recipes.views(), null);
    }

    @GetMapping("/{id}")
    Recipes.View get(@PathVariable String id) {
        return recipes.views().stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("recipe", id));
    }
}
