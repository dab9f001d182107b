package dev.paddock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each part can reach when the suite runs in containers or in a cluster. */
class DeploymentFilesTest {
    private static final Path ROOT = Path.of("../..");

    @Test
    void onlyTheGatewayHoldsTheSigningKey() throws IOException {
        JsonNode services = documents("docker-compose.yml").get(0).path("services");
        String key = services.path("gateway")
                .path("environment")
                .path("PADDOCK_IDENTITY_SIGNING_KEY")
                .asString();
        List<String> holders = new ArrayList<>();
        services.propertyNames()
                .forEach(name -> services.path(name).path("volumes").forEach(volume -> {
                    if (volume.asString().startsWith("identity:")) {
                        holders.add(name + " " + volume.asString().split(":", -1)[1]);
                    }
                }));
        assertThat(key).startsWith("/var/lib/paddock/identity/");
        assertThat(holders).containsExactly("gateway /var/lib/paddock/identity");
    }

    @Test
    void everyRoleOfTheDatabaseHasAPasswordOfItsOwn() throws IOException {
        JsonNode services = documents("docker-compose.yml").get(0).path("services");
        Map<String, String> passwords = new TreeMap<>();
        services.propertyNames().forEach(name -> {
            JsonNode environment = services.path(name).path("environment");
            String password = environment
                    .path(name.equals("postgresql") ? "POSTGRES_PASSWORD" : "SPRING_DATASOURCE_PASSWORD")
                    .asString("");
            if (!password.isEmpty()) {
                passwords.put(name, password);
            }
        });
        assertThat(passwords).hasSize(7);
        assertThat(new TreeSet<>(passwords.values())).hasSize(7);
    }

    @Test
    void aClusterOnTrialMakesItsRolesAsComposeDoes() throws IOException {
        List<JsonNode> trial = documents("k8s/infrastructure/postgresql.yaml");
        assertThat(trial.get(0).path("data").path("init-databases.sh").asString())
                .isEqualTo(Files.readString(ROOT.resolve("deploy/compose/init-databases.sh")));
    }

    @Test
    void whoNeedsNoArtifactsHasNoneAndWhoOnlyReadsThemCannotWrite() throws IOException {
        Map<String, Boolean> readOnly = new TreeMap<>();
        for (String name : List.of(
                "dataset",
                "training-job",
                "model-registry",
                "safety-guard",
                "evaluation",
                "gateway",
                "worker-serving",
                "worker-training")) {
            JsonNode container = documents("k8s/base/" + name + ".yaml").get(0).at("/spec/template/spec/containers/0");
            container.path("volumeMounts").forEach(mount -> {
                if (mount.path("name").asString().equals("artifacts")) {
                    readOnly.put(name, mount.path("readOnly").asBoolean(false));
                }
            });
        }
        assertThat(readOnly)
                .isEqualTo(Map.of(
                        "dataset", false,
                        "training-job", false,
                        "worker-training", false,
                        "model-registry", true,
                        "evaluation", true,
                        "worker-serving", true));
    }

    @Test
    void aPortalSessionStaysWithItsReplica() throws IOException {
        JsonNode service = documents("k8s/base/gateway.yaml").get(1);
        assertThat(service.path("kind").asString()).isEqualTo("Service");
        assertThat(service.path("spec").path("sessionAffinity").asString()).isEqualTo("ClientIP");
    }

    private static List<JsonNode> documents(String file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(ROOT.resolve(file))) {
            new Yaml().loadAll(reader).forEach(document -> documents.add(new JsonMapper().valueToTree(document)));
        }
        return documents;
    }
}
