package dev.paddock.kit.app;

import dev.paddock.kit.identity.CallerResolver;
import dev.paddock.kit.paging.PageQueryResolver;
import java.util.List;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What controllers may declare as parameters beyond Spring's own. */
final class WebArguments implements WebMvcConfigurer {
    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver());
        resolvers.add(new PageQueryResolver());
    }
}
