package dev.paddock.kit.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.kit.connection.ConnectionConfiguration;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.identity.IdentityConfiguration;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.limits.LimitConfiguration;
import dev.paddock.kit.paging.PageQuery;
import dev.paddock.kit.problem.ProblemAdvice;
import dev.paddock.kit.problem.ProblemErrorController;
import dev.paddock.kit.problem.ProblemWriter;
import dev.paddock.kit.telemetry.TelemetryConfiguration;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What every service has, with or without a database. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration"
        })
@ConditionalOnProperty("paddock.service")
@Import({
    ConnectionConfiguration.class,
    IdentityConfiguration.class,
    LimitConfiguration.class,
    ProblemAdvice.class,
    ProblemErrorController.class,
    TelemetryConfiguration.class
})
public class ServiceConfiguration {
    /** In milliseconds, which PostgreSQL keeps whole: what is answered first is what is read later. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Bean
    TimeOrderedIds timeOrderedIds(Clock clock) {
        return new TimeOrderedIds(clock);
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    WebArguments webArguments() {
        return new WebArguments();
    }

    @Bean
    JsonMapperBuilderCustomizer houseJson() {
        return builder -> builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .annotationIntrospector(new ContractsIntrospector())
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL));
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("paddock.artifacts.folder")
    ArtifactStore artifactStore(@Value("${paddock.artifacts.folder}") Path folder) {
        return new FolderArtifactStore(folder);
    }

    @Bean
    @ConditionalOnMissingBean
    OpenAPI openApi(@Value("${paddock.service}") String service) {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, PageQuery.class);
        SecurityScheme bearer = new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT");
        return new OpenAPI()
                .info(new Info().title("Paddock " + service).version("1"))
                .addServersItem(new Server().url("/").description("Where this document was read"))
                .components(new Components().addSecuritySchemes("bearer", bearer))
                .addSecurityItem(new SecurityRequirement().addList("bearer"));
    }
}
