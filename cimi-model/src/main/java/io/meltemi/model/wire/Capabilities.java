package io.meltemi.model.wire;

import static java.util.Map.entry;

import io.meltemi.model.schema.Face;
import java.util.Map;
import java.util.Set;

/** Names and meanings of CIMI's capabilities (DSP0263 2.0.0, 5.11.1). */
final class Capabilities {
  private static final Set<String> ONLY_NEW =
      Set.of(
          "FormatParameter",
          "OrderByParameter",
          "QueryPathNotation",
          "MaxPropertyItems",
          "ValueScopes",
          "MachineAvailabilityLevel",
          "VolumeAvailabilityLevel");

  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          entry("ExpandParameter", "$expand shows references with their targets"),
          entry("FilterParameter", "$filter chooses items of a collection"),
          entry("FirstParameter", "$first and $last cut a range out of a collection"),
          entry("SelectParameter", "$select chooses attributes"),
          entry("FormatParameter", "$format chooses JSON or XML"),
          entry("OrderByParameter", "$orderby puts the items of a collection in order"),
          entry("QueryPathNotation", "$select takes collection/attribute paths"),
          entry("MaxPropertyItems", "most entries in properties"),
          entry("ValueScopes", "permitted values are listed in vscope"),
          entry("DefaultInitialState", "state after creation when none is asked for"),
          entry("InitialStates", "states that can be asked for at creation"),
          entry("MachineConfigByValue", "a template may hold its configuration by value"),
          entry("MachineCredentialByValue", "a template may hold its credential by value"),
          entry("MachineImageByValue", "a template may hold its image by value"),
          entry("MachineVolumeTemplatesByValue", "a template may hold volume templates by value"),
          entry("MachineTemplateByValue", "a machine can be made of a template given by value"),
          entry("MachineStopForce", "stop and restart take force"),
          entry("MachineStopForceDefault", "stop is forced when force is not given"),
          entry("RestoreFromImage", "restore takes images which are no snapshots"),
          entry("UserData", "how user data reaches the machine"),
          entry("CredentialTemplateByValue", "a credential can be made of a template by value"),
          entry("JobRetention", "minutes that a finished job is kept, at least"),
          entry("SystemComponentTemplateByValue", "component templates may be given by value"),
          entry("SharedVolumeSupport", "several machines may use a volume"),
          entry("VolumeConfigByValue", "a template may hold its configuration by value"),
          entry("VolumeImageByValue", "a template may hold its image by value"),
          entry("VolumeSnapshot", "volumes can be copied into images"),
          entry("VolumeTemplateByValue", "a volume can be made of a template by value"),
          entry("NetworkTemplateByValue", "a network can be made of a template by value"),
          entry("MeterConfigByValue", "a template may hold its configuration by value"),
          entry("MeterTemplateByValue", "a meter can be made of a template by value"),
          entry("Linked", "an event log is deleted with its target"));

  private Capabilities() {}

  static boolean known(String name, Face face) {
    return face != Face.CIMI_1 || !ONLY_NEW.contains(name);
  }

  /** CIMI's own have CIMI's URI (R83), others the broker's. */
  static String uri(String kind, String name, Face face) {
    String namespace = MEANINGS.containsKey(name) ? face.namespace() : Face.BROKER_1.namespace();
    return namespace + "/capability/" + kind + "/" + name;
  }

  static String meaning(String name) {
    return MEANINGS.getOrDefault(name, name);
  }
}
