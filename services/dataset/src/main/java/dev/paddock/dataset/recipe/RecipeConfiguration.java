package dev.paddock.dataset.recipe;

import dev.paddock.catalogue.Catalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The recipes on the classpath. */
@Configuration(proxyBeanMethods = false)
class RecipeConfiguration {
    @Bean
    @SuppressWarnings("rawtypes")
    Recipes recipes() {
        return new Recipes(Catalogue.load(Recipe.class));
    }
}
