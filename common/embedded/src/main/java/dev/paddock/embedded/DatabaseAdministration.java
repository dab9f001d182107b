package dev.paddock.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The superuser's part: passwords required, the database {@code paddock}, one role and one schema per service. */
final class DatabaseAdministration {
    private static final String DATABASE = "paddock";
    private static final String PASSWORDS_ONLY =
            "# every connection needs a password\nhost all all 127.0.0.1/32 scram-sha-256\n";

    private final DataSource postgres;
    private final int port;
    private final DatabasePasswords passwords;

    DatabaseAdministration(DataSource postgres, int port, DatabasePasswords passwords) {
        this.postgres = postgres;
        this.port = port;
        this.passwords = passwords;
    }

    void prepare(Path data) throws IOException, SQLException {
        try (Connection connection = postgres.getConnection()) {
            Path rules = data.resolve("pg_hba.conf");
            if (!PASSWORDS_ONLY.equals(Files.readString(rules))) {
                execute(connection, "ALTER ROLE postgres PASSWORD '" + passwords.of("postgres") + "'");
                Files.writeString(rules, PASSWORDS_ONLY);
                execute(connection, "SELECT pg_reload_conf()");
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
                execute(connection, "CREATE DATABASE " + DATABASE);
            }
        }
    }

    DatabaseAccess service(String service) {
        String role = service.replace('-', '_');
        if (!role.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("not a service name: " + service);
        }
        String password = passwords.of(role);
        try (Connection connection =
                DriverManager.getConnection(jdbcUrl(DATABASE), "postgres", passwords.of("postgres"))) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
                execute(connection, "CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "'");
            }
            execute(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
            execute(connection, "CREATE SCHEMA IF NOT EXISTS " + role + " AUTHORIZATION " + role);
            execute(connection, "ALTER ROLE " + role + " IN DATABASE " + DATABASE + " SET search_path = " + role);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot prepare the schema of " + service, e);
        }
        return new DatabaseAccess(jdbcUrl(DATABASE), role, password, role);
    }

    private String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
