package dev.paddock.registry.approval;

/** Where an approval request stands; VOID when what it was bound to is no longer so. */
public enum ApprovalState {
    PENDING,
    APPROVED,
    REJECTED,
    VOID
}
