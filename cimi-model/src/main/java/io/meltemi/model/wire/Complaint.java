package io.meltemi.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.model.Nearest;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Type;
import java.util.Collection;

/** What can be wrong with a body; each names the place and the remedy. */
final class Complaint {
  private static final int SHOWN = 60;

  /** Where something is wrong that no attribute can be blamed for. */
  private static final String BODY = "body";

  private Complaint() {}

  static ProblemException malformed(Format format, String why) {
    return Problem.of(
            400,
            "body.malformed",
            "the body is not well-formed " + format + ": " + why,
            "check the body with a " + format + " parser and send it again")
        .at(BODY)
        .asException();
  }

  static ProblemException empty() {
    return Problem.of(400, "body.empty", "the request has no body", "send the resource as body")
        .at(BODY)
        .asException();
  }

  static ProblemException tooDeep(int limit) {
    return Problem.of(
            400,
            "body.too-deep",
            "the body is nested deeper than " + limit + " levels",
            "flatten it: no resource needs more")
        .at(BODY)
        .asException();
  }

  static ProblemException tooMany(int limit) {
    return Problem.of(
            400,
            "body.too-many-items",
            "the body holds more than " + limit + " values",
            "divide the request")
        .at(BODY)
        .asException();
  }

  static ProblemException longName(int limit) {
    return Problem.of(
            400,
            "body.too-long",
            "a name in the body is longer than " + limit + " characters",
            "shorten it to " + limit + ": no attribute's name is longer")
        .at(BODY)
        .asException();
  }

  static ProblemException tooManyAttributes(int limit) {
    return Problem.of(
            400,
            "body.too-many-items",
            "an element of the body has more than " + limit + " XML attributes",
            "give it at most " + limit + "; values stand in elements of their own")
        .at(BODY)
        .asException();
  }

  /**
   * @param element where it stands: the names below the root, joined by dots
   */
  static ProblemException stray(String element) {
    return Problem.of(
            400,
            "body.stray-text",
            "text stands in the element " + cut(element) + ", which takes none",
            "remove the text, or put it into an element of its own")
        .at(element)
        .asException();
  }

  static ProblemException documentType() {
    return Problem.of(
            400,
            "body.document-type",
            "the body declares a document type or entities, which are never read",
            "leave out DOCTYPE and entities")
        .at(BODY)
        .asException();
  }

  static ProblemException twice(String field) {
    return Problem.of(400, "body.duplicate", field + " stands there twice", "leave one of them out")
        .at(field)
        .asException();
  }

  static ProblemException notAnObject() {
    return Problem.of(
            400, "body.wrong-type", "the body is not a JSON object", "send one object: {…}")
        .at(BODY)
        .asException();
  }

  static ProblemException otherType(String found, Collection<String> wanted) {
    return Problem.of(
            400,
            "body.wrong-type",
            "the body says it is " + cut(found) + ", which does not belong here",
            "send " + String.join(" or ", wanted))
        .at("resourceURI")
        .asException();
  }

  static ProblemException otherFace(String field, String found, Face face) {
    return Problem.of(
            400,
            "body.other-face",
            cut(found) + " belongs to another version than this door's " + face.namespace(),
            "use the entry point of that version, or the names of this one")
        .at(field)
        .asException();
  }

  static ProblemException unknown(String field, String name, Collection<String> known) {
    String remedy =
        Nearest.to(name, known)
            .map(near -> "did you mean " + near + "?")
            .orElse("leave it out; known here are " + String.join(", ", known));
    return Problem.of(400, "attribute.unknown", "there is no attribute " + cut(name), remedy)
        .at(field)
        .asException();
  }

  static ProblemException missing(String field) {
    return Problem.of(400, "attribute.missing", field + " is missing", "add " + field)
        .at(field)
        .asException();
  }

  /** A reference that may be given by value, and is given neither way. */
  static ProblemException empty(String field, Collection<String> ownValues) {
    return Problem.of(
            400,
            "attribute.missing",
            field + " is empty",
            "add "
                + field
                + ".href, the id of one that there is, or give it by value: "
                + String.join(", ", ownValues))
        .at(field)
        .asException();
  }

  static ProblemException misplaced(String field) {
    return Problem.of(
            400,
            "attribute.misplaced",
            field + " cannot be given here: it follows from the template",
            "put what is wanted into the template, or leave it out")
        .at(field)
        .asException();
  }

  static ProblemException notSelected(String field) {
    return Problem.of(
            400,
            "attribute.not-selected",
            field + " is in the body but not in $select",
            "add it to $select, or leave it out")
        .at(field)
        .asException();
  }

  static ProblemException type(String field, Attribute attribute, JsonNode found, String wanted) {
    String shown = mayRepeat(attribute) ? cut(found.toString()) : "what was sent";
    return Problem.of(
            400,
            "attribute.type",
            field + " is " + wanted + ", not " + shown,
            remedy(attribute, wanted))
        .at(field)
        .asException();
  }

  /** A map's values are the consumer's own words, an account's password among them. */
  private static boolean mayRepeat(Attribute attribute) {
    return !attribute.sealed() && !(attribute.type() instanceof Type.Dictionary);
  }

  private static String remedy(Attribute attribute, String wanted) {
    return attribute
        .unit()
        .map(unit -> "write the number alone, counted in " + unit)
        .orElse("write " + wanted);
  }

  static ProblemException range(String field, Attribute attribute, String found) {
    String unit = attribute.unit().map(name -> " " + name).orElse("");
    return Problem.of(
            400,
            "attribute.range",
            field + " is " + cut(found) + unit + ", outside its range",
            "give at least "
                + Values.least(attribute)
                + " and at most "
                + Values.most(attribute)
                + unit)
        .at(field)
        .asException();
  }

  static ProblemException value(String field, String found, Collection<String> allowed) {
    String remedy =
        Nearest.to(found, allowed)
            .map(near -> "did you mean " + near + "?")
            .orElse("choose one of " + String.join(", ", allowed));
    return Problem.of(400, "attribute.value", field + " cannot be " + cut(found), remedy)
        .at(field)
        .asException();
  }

  static ProblemException character(String field) {
    return Problem.of(
            400,
            "attribute.character",
            field + " holds a character that XML cannot carry",
            "remove control characters")
        .at(field)
        .asException();
  }

  static ProblemException elsewhere(String field, String href, String prefix) {
    return Problem.of(
            400,
            "reference.elsewhere",
            cut(href) + " is not served by this broker",
            "refer to a resource whose URI begins with " + prefix)
        .at(field)
        .asException();
  }

  static ProblemException reference(String field, String href) {
    return Problem.of(
            400,
            "reference.malformed",
            cut(href) + " cannot be the URI of a resource",
            "copy the id of the resource that is meant")
        .at(field)
        .asException();
  }

  static ProblemException action(String found, String wanted) {
    return Problem.of(
            400,
            "action.mismatch",
            "this URI does not carry out " + cut(found),
            "send the action " + wanted + ", or post to the href that is listed for yours")
        .at("action")
        .asException();
  }

  private static String cut(String text) {
    String shown = XmlText.replaced(text);
    return shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…";
  }
}
