package dev.paddock.registry.log;

/** What can stand on the record. */
public enum LogAction {
    BASE_IMPORTED,
    GUARD_IMPORTED,
    APPROVAL_REQUESTED,
    VERSION_APPROVED,
    VERSION_REJECTED,
    APPROVAL_VOIDED,
    COMPATIBLE_BASE_REGISTERED,
    COMPATIBLE_BASE_APPROVED,
    COMPATIBLE_BASE_REJECTED
}
