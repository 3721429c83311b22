package io.meltemi.model.wire;

import com.fasterxml.aalto.stax.OutputFactoryImpl;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.query.Filter;
import io.meltemi.model.query.Selection;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes resources, collections and failures in every face, as JSON or XML, and reads what
 * consumers send. One for a server; used by many threads at a time.
 */
public final class Codec {
  private static final int USUAL_SIZE = 4096;
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final Kinds kinds;
  private final Map<Face, Map<String, Plan>> plans = new EnumMap<>(Face.class);
  private final JsonFactory json =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build();
  private final OutputFactoryImpl xml = new OutputFactoryImpl();
  private final XmlBody xmlBody = new XmlBody();

  public Codec(Kinds kinds) {
    this.kinds = kinds;
    for (Face face : Face.values()) {
      plans.put(face, Plan.all(kinds, face));
    }
  }

  /**
   * A resource as UTF-8. Its kind must be served in the view's face. A ResourceMetadata needs to
   * hold the {@code name} of the kind and the name and value of each capability only.
   */
  public byte[] write(Format format, Resource resource, View view) {
    Plan plan = plan(view.face(), resource.kind().name());
    Resource described = new Describer(kinds, view.face()).described(resource);
    return resource(format, plan, described, view, NOTHING);
  }

  /** A collection as UTF-8. The kind of its items must be served in the view's face. */
  public byte[] write(Format format, Page found, View view) {
    Page page = new Describer(kinds, view.face()).described(found);
    Plan plan = plan(view.face(), page.kind().name());
    PageSelection select = PageSelection.of(view.select(), page.kind().items());
    return switch (format) {
      case JSON -> json(view, writer -> writer.page(plan, page, select.own(), select.items()));
      case XML -> xml(view, writer -> writer.page(plan, page, select.own(), select.items()));
    };
  }

  /** A failure as the Job that every error answer carries (R88). */
  public byte[] write(Format format, Failure failure, View view) {
    Face face = view.face() == Face.BROKER_1 ? Face.CIMI_2 : view.face();
    Plan plan = plan(face, "Job");
    Resource job = FailureJob.of(failure, plan.kind(), view.face());
    return resource(
        format,
        plan,
        job,
        View.of(view.face(), view.base()),
        failure.problem().details().map(Links.of(kinds, view)::linked).orElse(NOTHING));
  }

  /**
   * Reads the body of a request that creates a resource.
   *
   * @return attributes in the form of {@link Resource#attributes}; for kinds with a template,
   *     {@code name}, {@code description}, {@code properties}, extensions, and the template under
   *     its member's name, where null beside {@code href} erases
   * @throws io.meltemi.model.ProblemException 400 that names the field at fault
   */
  public ObjectNode readCreate(Format format, byte[] body, ResourceKind kind, View view) {
    return reader(view).create(format, body, plan(view.face(), kind.name()));
  }

  /**
   * Reads the body of a request that changes a resource. What only the provider changes is left
   * out.
   *
   * @param only what {@code $select} names; {@link Selection#ALL} for a full update
   * @throws io.meltemi.model.ProblemException 400 that names the field at fault
   */
  public ObjectNode readUpdate(
      Format format, byte[] body, ResourceKind kind, Selection only, View view) {
    return reader(view).update(format, body, plan(view.face(), kind.name()), only);
  }

  /**
   * Reads the body of a request that asks for an operation; no body asks for it without parameters.
   *
   * @return the parameters, {@code properties} among them
   * @throws io.meltemi.model.ProblemException 400 that names the field at fault
   */
  public ObjectNode readAction(Format format, byte[] body, Operation operation, View view) {
    return reader(view).action(format, body, operation);
  }

  /** A filter of what the view shows, as one of what is inside (R71). */
  public Filter readFilter(Filter filter, ResourceKind kind, View view) {
    return FilterForm.of(kind, view).inside(filter);
  }

  private BodyReader reader(View view) {
    return new BodyReader(xmlBody, kinds, plans(view.face()), view);
  }

  private byte[] resource(Format format, Plan plan, Resource resource, View view, ObjectNode more) {
    Selection select = view.select();
    return switch (format) {
      case JSON -> json(view, writer -> writer.resource(plan, resource, select, more));
      case XML -> xml(view, writer -> writer.resource(plan, resource, select, more));
    };
  }

  private Plan plan(Face face, String kind) {
    Plan plan = plans(face).get(kind);
    if (plan == null) {
      throw new IllegalArgumentException(kind + " is not served in " + face);
    }
    return plan;
  }

  private Map<String, Plan> plans(Face face) {
    return plans.getOrDefault(face, Collections.emptyMap());
  }

  private Expansion expansion(View view) {
    return view.expansion().attributes().isEmpty()
        ? Expansion.NONE
        : new Describer(kinds, view.face()).described(view.expansion());
  }

  private byte[] json(View view, JsonPart body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    try (JsonGenerator out = json.createGenerator(bytes, JsonEncoding.UTF8)) {
      body.write(new JsonWriter(out, plans(view.face()), Links.of(kinds, view), expansion(view)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private byte[] xml(View view, XmlPart body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    try {
      XMLStreamWriter out = xml.createXMLStreamWriter(bytes, "UTF-8");
      body.write(
          new XmlWriter(
              new XmlOut(out), plans(view.face()), Links.of(kinds, view), expansion(view)));
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot be written as XML: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  private interface JsonPart {
    void write(JsonWriter writer) throws IOException;
  }

  private interface XmlPart {
    void write(XmlWriter writer) throws XMLStreamException;
  }
}
