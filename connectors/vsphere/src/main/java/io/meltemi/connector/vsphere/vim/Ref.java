package io.meltemi.connector.vsphere.vim;

/**
 * A managed object's reference; means nothing at another vCenter.
 *
 * @param type for instance {@code VirtualMachine}
 * @param value for instance {@code vm-60}
 */
public record Ref(String type, String value) {}
