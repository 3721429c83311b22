package io.meltemi.webapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.ovf.OvfException;
import io.meltemi.ovf.VirtualMachine;
import io.meltemi.ovf.VirtualMachine.Disk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A machine of a package in CIMI's words, and back. What a template says and OVF has no element for
 * travels as notes beside: one with words of the template, one with words of its configuration, one
 * with the name of its image.
 *
 * @param configuration without anything that refers to another resource
 * @param template likewise
 * @param image the name of the image that is meant
 * @param missing what the package has and cannot be taken over, for people
 */
record TemplateForm(
    ObjectNode configuration, ObjectNode template, Optional<String> image, List<String> missing) {
  private static final String TEMPLATE = "template";
  private static final String CONFIGURATION = "configuration";
  private static final String IMAGE = "image";
  private static final List<String> OF_TEMPLATE =
      List.of("initialState", "placement", "properties");
  private static final List<String> OF_CONFIGURATION =
      List.of("name", "description", "properties", "cpuArch", "cpuSpeed");
  private static final List<String> OF_DISK = List.of("format", "initialLocation");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is to be made of a machine. */
  static TemplateForm of(VirtualMachine machine) throws OvfException {
    ObjectNode configuration = JsonNodeFactory.instance.objectNode().put("name", machine.name());
    JsonNode notes = note(machine, CONFIGURATION);
    copy(notes, configuration, OF_CONFIGURATION);
    configuration.put("cpu", machine.cpu()).put("memory", machine.memoryKibibytes());
    List<Disk> disks = new ArrayList<>(machine.disks());
    Optional<Disk> boot = disks.stream().filter(disk -> disk.file().isPresent()).findFirst();
    boot.ifPresent(disks::remove);
    addDisks(configuration, disks, notes.path("disks"));

    ObjectNode template = JsonNodeFactory.instance.objectNode().put("name", machine.name());
    machine.description().ifPresent(words -> template.put("description", words));
    copy(note(machine, TEMPLATE), template, OF_TEMPLATE);
    return new TemplateForm(
        configuration,
        template,
        Optional.ofNullable(machine.facts().get(IMAGE))
            .or(() -> boot.flatMap(Disk::file).map(TemplateForm::withoutEnding)),
        disks.stream().flatMap(disk -> disk.file().stream()).map(TemplateForm::lost).toList());
  }

  private static String withoutEnding(String file) {
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  private static String lost(String file) {
    return "what " + file + " holds: the machine gets an empty disk of that size.";
  }

  private static void addDisks(ObjectNode configuration, List<Disk> disks, JsonNode notes) {
    if (disks.isEmpty()) return;
    ArrayNode all = configuration.putArray("disks");
    for (int i = 0; i < disks.size(); i++) {
      ObjectNode disk = all.addObject().put("capacity", disks.get(i).capacityKilobytes());
      copy(notes.path(i), disk, OF_DISK);
    }
  }

  private static JsonNode note(VirtualMachine machine, String name) throws OvfException {
    String text = machine.facts().get(name);
    if (text == null) return JsonNodeFactory.instance.missingNode();
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new OvfException(
          "The note '" + name + "' of " + machine.name() + " is no JSON; remove it or mend it.", e);
    }
  }

  private static void copy(JsonNode from, ObjectNode to, List<String> names) {
    for (String name : names) {
      if (from.hasNonNull(name)) to.set(name, from.path(name));
    }
  }

  /** The machine that a template describes. */
  static VirtualMachine machine(JsonNode template, JsonNode configuration, String imageName) {
    Map<String, String> facts = new TreeMap<>();
    ObjectNode ofTemplate = JsonNodeFactory.instance.objectNode();
    copy(template, ofTemplate, OF_TEMPLATE);
    if (!ofTemplate.isEmpty()) facts.put(TEMPLATE, ofTemplate.toString());
    facts.put(CONFIGURATION, configurationNote(configuration).toString());
    if (!imageName.isEmpty()) facts.put(IMAGE, imageName);
    List<Disk> disks =
        configuration
            .path("disks")
            .valueStream()
            .map(disk -> new Disk(disk.path("capacity").asLong(), Optional.empty()))
            .toList();
    return new VirtualMachine(
        template.path("name").asText("machine"),
        Optional.ofNullable(template.path("description").textValue()),
        configuration.path("cpu").asInt(),
        configuration.path("memory").asLong(),
        disks,
        facts,
        List.of());
  }

  private static ObjectNode configurationNote(JsonNode configuration) {
    ObjectNode note = JsonNodeFactory.instance.objectNode();
    copy(configuration, note, OF_CONFIGURATION);
    JsonNode disks = configuration.path("disks");
    if (!disks.isEmpty()) {
      ArrayNode all = note.putArray("disks");
      disks.forEach(disk -> copy(disk, all.addObject(), OF_DISK));
    }
    return note;
  }
}
