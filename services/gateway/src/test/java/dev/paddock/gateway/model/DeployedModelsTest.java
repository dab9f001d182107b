package dev.paddock.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.registry.ServedModel;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.RegistryPart;
import dev.paddock.gateway.world.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@GatewayTest
class DeployedModelsTest {
    @Autowired
    private DeployedModels models;

    @BeforeEach
    @AfterEach
    void reset() {
        World.reset();
        models.forget("default");
    }

    @Test
    void whatWasAskedBeforeAChangeIsNotKeptAfterIt() {
        World.REGISTRY.meanwhile(() -> {
            World.REGISTRY.serve(List.of(RegistryPart.base("default")));
            models.forget("default");
        });
        models.list("default");

        assertThat(models.list("default")).extracting(ServedModel::model).containsExactly(RegistryPart.BASE);
    }
}
