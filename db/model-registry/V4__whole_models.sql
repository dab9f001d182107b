-- A trained whole model is a version of kind MODEL: like an adapter it names the base that it was made from.
ALTER TABLE model_version DROP CONSTRAINT model_version_kind_check;
ALTER TABLE model_version ADD CONSTRAINT model_version_kind_check CHECK (kind IN ('BASE', 'ADAPTER', 'GUARD', 'MODEL'));
DROP INDEX model_version_import;
CREATE UNIQUE INDEX model_version_import ON model_version (tenant, kind, name, digest) WHERE kind IN ('BASE', 'GUARD');
