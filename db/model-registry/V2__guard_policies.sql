-- What deployments know of guard policies, from PolicyPublished.
CREATE TABLE guard_policy (
    tenant text NOT NULL,
    id     uuid NOT NULL,
    PRIMARY KEY (tenant, id)
);
