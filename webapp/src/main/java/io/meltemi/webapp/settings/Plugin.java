package io.meltemi.webapp.settings;

/**
 * A jar that may be loaded from the folder of plug-ins.
 *
 * @param file name of the jar
 * @param sha256 what its bytes must give, in hexadecimal
 */
public record Plugin(String file, String sha256) {}
