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
 * with the name of its image, one with the names of its networks.
 *
 * @param configuration without anything that refers to another resource
 * @param template likewise
 * @param image the name of the image that is meant
 * @param boot the file of the package that this image stands for
 * @param networks the names of the networks that its interfaces join, in their order
 * @param missing what the package has and cannot be taken over, for people
 */
record TemplateForm(
    ObjectNode configuration,
    ObjectNode template,
    Optional<String> image,
    Optional<String> boot,
    List<String> networks,
    List<String> missing) {

  /** Members of a template that do not travel: secrets, or things of one broker. */
  static final List<String> STAYING =
      List.of("credential", "userData", "volumes", "genResourceMetadata");

  /** Members of a template that travel as what they refer to. */
  static final List<String> FOLLOWED =
      List.of("machineConfig", "machineImage", "volumeTemplates", "interfaceTemplates");

  private static final String TEMPLATE = "template";
  private static final String CONFIGURATION = "configuration";
  private static final String IMAGE = "image";
  private static final String NETWORKS = "networks";
  private static final String VOLUMES = "volumeTemplates";

  /** Members of a template that travel in a note, as they are. */
  static final List<String> OF_TEMPLATE =
      List.of(
          "initialState", "placement", "properties", "floatingAddress", "floatingAddressOptional");

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
    copy(note(machine, TEMPLATE), template, List.of(VOLUMES));
    return new TemplateForm(
        configuration,
        template,
        Optional.ofNullable(machine.facts().get(IMAGE))
            .or(() -> boot.flatMap(Disk::file).map(TemplateForm::withoutEnding)),
        boot.flatMap(Disk::file),
        note(machine, NETWORKS).valueStream().map(JsonNode::asText).toList(),
        disks.stream().flatMap(disk -> disk.file().stream()).map(TemplateForm::lost).toList());
  }

  /** Gives the machine an interface to a network. */
  void join(String network) {
    template.withArray("interfaceTemplates").addObject().putObject("network").put("href", network);
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

  /** Takes over members that are there. */
  static void copy(JsonNode from, ObjectNode to, List<String> names) {
    for (String name : names) {
      if (from.hasNonNull(name)) to.set(name, from.path(name));
    }
  }

  /**
   * The machine that a template describes.
   *
   * @param configuration whole
   * @param imageName empty for none
   * @param networks names of those that its interfaces join
   * @param volumes volume templates with all that they refer to, as they stand in a template
   */
  static VirtualMachine machine(
      JsonNode template,
      JsonNode configuration,
      String imageName,
      List<String> networks,
      List<ObjectNode> volumes) {
    Map<String, String> facts = new TreeMap<>();
    ObjectNode ofTemplate = JsonNodeFactory.instance.objectNode();
    copy(template, ofTemplate, OF_TEMPLATE);
    if (!volumes.isEmpty()) ofTemplate.putArray(VOLUMES).addAll(volumes);
    if (!ofTemplate.isEmpty()) facts.put(TEMPLATE, ofTemplate.toString());
    facts.put(CONFIGURATION, configurationNote(configuration).toString());
    if (!imageName.isEmpty()) facts.put(IMAGE, imageName);
    if (!networks.isEmpty()) facts.put(NETWORKS, JSON.valueToTree(networks).toString());
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
