package io.meltemi.connector.scripted;

/**
 * A floating address that is lent in the scripted cloud. It outlives its machine.
 *
 * @param request what was asked for
 */
public record ScriptedAddress(String id, Change.LendAddress request, String ip) {}
