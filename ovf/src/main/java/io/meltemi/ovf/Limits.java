package io.meltemi.ovf;

/**
 * What a package may be, so that none takes memory or hours.
 *
 * @param files how many files it may have
 * @param documentBytes how long its envelope, and how long its manifest may be
 * @param packageBytes all its files together
 */
public record Limits(int files, long documentBytes, long packageBytes) {
  public static final Limits USUAL = new Limits(256, 1L << 20, 256L << 30);
}
