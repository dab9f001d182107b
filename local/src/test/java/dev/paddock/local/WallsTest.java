package dev.paddock.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walls of the house. */
class WallsTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.paddock");
    private static final String[] COMMON = {
        "dev.paddock.contracts..", "dev.paddock.catalogue..", "dev.paddock.kit..", "dev.paddock.embedded.."
    };
    private static final List<String> SERVICES =
            List.of("dataset", "training-job", "model-registry", "safety-guard", "evaluation", "gateway");

    @ParameterizedTest
    @ValueSource(strings = {"dataset", "trainingjob", "registry", "guard", "evaluation", "gateway"})
    void servicesShareOnlyCommon(String service) {
        String own = "dev.paddock." + service + "..";
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.paddock..")
                        .and(not(resideInAPackage(own)))
                        .and(not(resideInAnyPackage(COMMON))))
                .check(ALL);
    }

    @Test
    void theEngineKnowsNoSpringAndNoKafka() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.paddock.llama..",
                        "dev.paddock.methods..",
                        "dev.paddock.contracts..",
                        "dev.paddock.catalogue..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.apache.kafka..", "jakarta.persistence..")
                .check(ALL);
    }

    @Test
    void theEngineKnowsNothingOfServices() {
        noClasses()
                .that()
                .resideInAPackage("dev.paddock.llama..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.paddock..").and(not(resideInAPackage("dev.paddock.llama.."))))
                .check(ALL);
    }

    @Test
    void nothingImportsLocal() {
        classes()
                .that()
                .resideInAPackage("dev.paddock.local..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAPackage("dev.paddock.local..")
                .check(ALL);
    }

    /** Migrations name tables without a schema, or in their own: PostgreSQL's roles keep services out of each other's at run time. */
    @Test
    void noServiceReadsAnothersSchema() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        for (String service : SERVICES) {
            Path folder = root.resolve("db").resolve(service);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".sql")).toList()) {
                    assertThat(foreignSchemas(service, Files.readString(file)))
                            .as(file.toString())
                            .isEmpty();
                }
            }
        }
    }

    private static List<String> foreignSchemas(String service, String sql) {
        String others = String.join(
                "|",
                SERVICES.stream()
                        .filter(s -> !s.equals(service))
                        .map(s -> s.replace('-', '_'))
                        .toList());
        Matcher matcher = Pattern.compile(
                        "(?i)\\b(?:from|join|into|update|references|on)\\s+\"?((?:" + others + ")\"?\\.\\w+)")
                .matcher(sql);
        return matcher.results().map(r -> r.group(1)).toList();
    }
}
