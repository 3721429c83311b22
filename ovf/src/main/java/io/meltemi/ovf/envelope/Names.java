package io.meltemi.ovf.envelope;

/** Namespaces of the standard. */
public final class Names {
  public static final String OVF = "http://schemas.dmtf.org/ovf/envelope/1";
  static final String RASD =
      "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";

  private Names() {}
}
