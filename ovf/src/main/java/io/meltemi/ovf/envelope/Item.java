package io.meltemi.ovf.envelope;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of hardware; elements in the order of the standard, which is that of the alphabet. */
@XmlType(
    propOrder = {
      "addressOnParent",
      "allocationUnits",
      "connections",
      "elementName",
      "hostResources",
      "instanceId",
      "parent",
      "resourceType",
      "virtualQuantity"
    })
public final class Item {
  /** The deployment options that it is for; it is for all when this is absent. */
  @XmlAttribute public @Nullable String configuration;

  @XmlElement(name = "AddressOnParent", namespace = Names.RASD)
  public @Nullable String addressOnParent;

  @XmlElement(name = "AllocationUnits", namespace = Names.RASD)
  public @Nullable String allocationUnits;

  @XmlElement(name = "Connection", namespace = Names.RASD)
  public List<String> connections = new ArrayList<>();

  @XmlElement(name = "ElementName", namespace = Names.RASD)
  public @Nullable String elementName;

  @XmlElement(name = "HostResource", namespace = Names.RASD)
  public List<String> hostResources = new ArrayList<>();

  @XmlElement(name = "InstanceID", namespace = Names.RASD)
  public @Nullable String instanceId;

  @XmlElement(name = "Parent", namespace = Names.RASD)
  public @Nullable String parent;

  @XmlElement(name = "ResourceType", namespace = Names.RASD)
  public @Nullable String resourceType;

  @XmlElement(name = "VirtualQuantity", namespace = Names.RASD)
  public @Nullable String virtualQuantity;
}
