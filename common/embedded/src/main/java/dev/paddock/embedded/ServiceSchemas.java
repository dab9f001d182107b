package dev.paddock.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;

/** The administrator's part on any PostgreSQL server: the database {@code paddock}, one role and one schema per service. */
public final class ServiceSchemas {
    private static final String DATABASE = "paddock";

    private final String server;
    private final String administrator;
    private final String password;
    private final UnaryOperator<String> passwords;

    /**
     * Administers {@code server}.
     *
     * @param server host and port
     * @param passwords the password of each service's role
     */
    public ServiceSchemas(String server, String administrator, String password, UnaryOperator<String> passwords) {
        this.server = server;
        this.administrator = administrator;
        this.password = password;
        this.passwords = passwords;
    }

    /** Makes the database unless it is there. */
    public void createDatabase() {
        try (Connection connection = connect("postgres")) {
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
                execute(connection, "CREATE DATABASE " + DATABASE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + DATABASE, e);
        }
    }

    /** Makes the service's role and schema unless they are there; no role reaches another's schema. */
    public DatabaseAccess service(String service) {
        String role = service.replace('-', '_');
        if (!role.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("not a service name: " + service);
        }
        String rolePassword = passwords.apply(role);
        try (Connection connection = connect(DATABASE)) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
                execute(connection, "CREATE ROLE " + role + " LOGIN PASSWORD '" + rolePassword + "'");
            }
            execute(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
            execute(connection, "CREATE SCHEMA IF NOT EXISTS " + role + " AUTHORIZATION " + role);
            execute(connection, "ALTER ROLE " + role + " IN DATABASE " + DATABASE + " SET search_path = " + role);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot prepare the schema of " + service, e);
        }
        return new DatabaseAccess(url(DATABASE), role, rolePassword, role);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), administrator, password);
    }

    private String url(String database) {
        return "jdbc:postgresql://" + server + "/" + database;
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
