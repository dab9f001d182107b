package dev.paddock.kit.app;

import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/** The kit's tables first, with a history of their own, then the service's. */
final class ServiceMigrations implements FlywayMigrationStrategy {
    @Override
    public void migrate(Flyway service) {
        Flyway.configure(service.getConfiguration().getClassLoader())
                .dataSource(service.getConfiguration().getDataSource())
                .schemas(service.getConfiguration().getSchemas())
                .createSchemas(service.getConfiguration().isCreateSchemas())
                .locations("classpath:db/migration/kit")
                .table("kit_schema_history")
                .load()
                .migrate();
        Flyway.configure(service.getConfiguration().getClassLoader())
                .configuration(service.getConfiguration())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
