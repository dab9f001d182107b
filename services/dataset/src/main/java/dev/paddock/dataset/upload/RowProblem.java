package dev.paddock.dataset.upload;

/** What is wrong with a row: its number from 1 (in CSV the header does not count), the field and the reason. */
public record RowProblem(int row, String field, String reason) {}
