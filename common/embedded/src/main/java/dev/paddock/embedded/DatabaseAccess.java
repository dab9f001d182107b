package dev.paddock.embedded;

/** How one service reaches its own schema; the schema bears the role's name. */
public record DatabaseAccess(String jdbcUrl, String role, String password, String schema) {
    @Override
    public String toString() {
        return "DatabaseAccess[" + jdbcUrl + ", role " + role + "]";
    }
}
