-- An order for a method as users write it, as JSON; null where the worker did not tell.
alter table method add example text;
