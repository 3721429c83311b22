package io.meltemi.ovf.envelope;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import org.jspecify.annotations.Nullable;

/** Words about a machine, for people. */
@XmlRootElement(name = "AnnotationSection")
@XmlType(propOrder = {"info", "annotation"})
public final class AnnotationSection {
  @XmlElement(name = "Info")
  public @Nullable String info;

  @XmlElement(name = "Annotation")
  public @Nullable String annotation;
}
