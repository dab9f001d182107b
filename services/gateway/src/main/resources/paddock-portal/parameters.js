"use strict";

/** The JSON Schema of a value that is not null; see how bounded parameters that may be null are published. */
const valueOf = (schema) => (schema.anyOf && schema.anyOf[0].type === "null" ? schema.anyOf[1] : schema);

function typeOf(schema) {
  const value = valueOf(schema);
  if (value !== schema) return typeOf(value) + " or null";
  const types = [].concat(schema.type || []);
  const inner = schema.items || schema.additionalProperties;
  return types.join(" or ") + (inner && inner.type ? " of " + typeOf(inner) : "");
}

function bound(schema, closed, closedWord, open, openWord) {
  if (schema[closed] !== undefined) return closedWord + " " + schema[closed];
  return schema[open] === undefined ? "" : openWord + " " + schema[open];
}

function numbers(schema) {
  const low = bound(schema, "minimum", "from", "exclusiveMinimum", "above");
  return (low + " " + bound(schema, "maximum", "to", "exclusiveMaximum", "below")).trim();
}

function sizes(schema) {
  const fewest = schema.minItems ?? schema.minProperties;
  const most = schema.maxItems ?? schema.maxProperties;
  if (fewest === undefined && most === undefined) return "";
  if (most === undefined) return fewest + " or more entries";
  return fewest ? fewest + " to " + most + " entries" : "at most " + most + " entries";
}

/** What a value must be, beside its type: its choices, its bounds, how many entries, and the same of its entries. */
function rangeOf(schema) {
  const value = valueOf(schema);
  if (value.enum) return value.enum.join(", ");
  const inner = value.items || value.additionalProperties;
  const each = inner && inner.type ? rangeOf(inner) : "";
  return [numbers(value), sizes(value), each].filter(Boolean).join("; ");
}

/** A default as JSON, in which a list may break between its entries. */
function written(value) {
  if (value === undefined) return "required";
  return Array.isArray(value) ? "[" + value.map((entry) => JSON.stringify(entry)).join(", ") + "]" : JSON.stringify(value);
}

/** The parameters of a published schema, in its order, as a reader needs them. */
function parametersOf(schema) {
  return Object.entries(schema.properties || {}).map(([name, property]) => ({
    name,
    type: typeOf(property),
    default: written(property.default),
    range: rangeOf(property),
    description: property.description || "",
  }));
}
