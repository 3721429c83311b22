package io.meltemi.model.schema;

import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.members;
import static io.meltemi.model.schema.Declare.uri;

import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.model.schema.ResourceKind.Owner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All resource types of CIMI that are served; a new one is declared and listed here. */
public final class CimiKinds {
  /** In the order of the entry point's attributes, which the 1.x schema fixes. */
  private static final List<ResourceKind> DECLARED =
      List.of(
          MetadataKinds.RESOURCE_METADATA,
          MachineKinds.MACHINE,
          MachineKinds.MACHINE_TEMPLATE,
          MachineKinds.MACHINE_CONFIGURATION,
          MachineKinds.MACHINE_IMAGE,
          CredentialKinds.CREDENTIAL,
          CredentialKinds.CREDENTIAL_TEMPLATE,
          VolumeKinds.VOLUME,
          VolumeKinds.VOLUME_TEMPLATE,
          VolumeKinds.VOLUME_CONFIGURATION,
          VolumeKinds.VOLUME_IMAGE,
          NetworkKinds.NETWORK,
          NetworkKinds.NETWORK_TEMPLATE,
          NetworkKinds.NETWORK_CONFIGURATION,
          NetworkKinds.NETWORK_PORT,
          NetworkKinds.ADDRESS,
          NetworkKinds.PROTOCOL_SEGMENT,
          NetworkKinds.PROTOCOL_ENDPOINT,
          NetworkKinds.NETWORK_INTERFACE_TEMPLATE,
          JobKinds.JOB,
          MachinePartKinds.DISK,
          MachinePartKinds.MACHINE_VOLUME,
          MachinePartKinds.LOCATED_VOLUME,
          MachinePartKinds.MACHINE_NETWORK_INTERFACE,
          MachinePartKinds.MACHINE_NETWORK_INTERFACE_ADDRESS,
          MachinePartKinds.NETWORK_INTERFACE,
          MachinePartKinds.MACHINE_SNAPSHOT,
          VolumeKinds.VOLUME_VOLUME_IMAGE,
          NetworkKinds.NETWORK_NETWORK_PORT);

  private CimiKinds() {}

  /** CIMI's types alone. */
  public static List<ResourceKind> all() {
    return with(List.of());
  }

  /**
   * CIMI's types and others; the entry point links the collections of them all.
   *
   * @param others types of the broker's own face, {@code entryPoint} among them
   */
  public static List<ResourceKind> with(List<ResourceKind> others) {
    List<ResourceKind> kinds = new ArrayList<>();
    kinds.add(entryPoint(Stream.concat(DECLARED.stream(), others.stream()).toList()));
    kinds.addAll(DECLARED);
    kinds.addAll(others);
    return List.copyOf(kinds);
  }

  /** Section 5.12 of DSP0263 2.0.0: one attribute per collection at the top. */
  private static ResourceKind entryPoint(List<ResourceKind> kinds) {
    KindBuilder builder =
        kind("CloudEntryPoint")
            .single("cloudEntryPoint")
            .owner(Owner.HOUSE)
            .attribute(uri("baseURI").required().fixed());
    kinds.forEach(kind -> kind.catalogue().ifPresent(name -> builder.attribute(link(kind, name))));
    return builder.metering(Metering.NONE);
  }

  private static Field link(ResourceKind kind, String name) {
    Field link = members(name, kind.name()).optional();
    Set<Face> faces = new HashSet<>(kind.faces());
    faces.remove(Face.BROKER_1);
    return faces.isEmpty() ? link.extension() : link.only(faces);
  }
}
