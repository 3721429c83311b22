package io.meltemi.model.query;

/**
 * One term of {@code $orderby} (R78).
 *
 * @param descending false is smallest first
 */
public record Ordering(String attribute, boolean descending) {}
