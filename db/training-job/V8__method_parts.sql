-- Adapters and objectives that orders choose beside a method, as workers announce them.
create table method_part (
    kind         text        not null,
    id           text        not null,
    tenant       text        not null,
    family       text        not null,
    summary      text        not null,
    paper        text        not null,
    parameters   text        not null,
    announced_at timestamptz not null,
    primary key (kind, id)
);

-- A schema as JSON, and two lists of ids with spaces between them.
alter table method add own_parameters text;
alter table method add adapters text;
alter table method add objectives text;
