package io.meltemi.api.handler;

import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import java.util.Collection;
import java.util.List;

/** What the HTTP doors refuse by themselves, before the broker is asked. */
public final class Refuse {
  /** Code of a refused {@code Content-Encoding}. */
  static final String ENCODING = "request.encoding";

  private Refuse() {}

  static ProblemException repeatedHeader(String name) {
    return Problem.of(
            400,
            "request.header-repeated",
            "The header " + name + " comes more than once.",
            "Send it once.")
        .at(name)
        .asException();
  }

  static ProblemException version(String value) {
    return Problem.of(
            400,
            "request.version",
            "No version of CIMI named by '" + value + "' is spoken at this door.",
            "Leave the header out or send 1.0 or 1.1.")
        .at(Versions.HEADER)
        .asException();
  }

  static ProblemException unacceptable() {
    return Problem.of(
            406,
            "request.accept",
            "None of the media types in Accept can be served.",
            "Accept application/json or application/xml.")
        .at("Accept")
        .asException();
  }

  static ProblemException mediaType(String type) {
    return Problem.of(
            415,
            "request.media-type",
            type.isEmpty()
                ? "The request has a body but no Content-Type."
                : "Bodies of the type '" + type + "' are not read here.",
            "Send application/json or application/xml in UTF-8.")
        .at("Content-Type")
        .asException();
  }

  static ProblemException encoding(String encoding) {
    return Problem.of(
            415,
            ENCODING,
            "Bodies with the content encoding '" + encoding + "' are not read here.",
            "Send the body as it is, without Content-Encoding.")
        .at("Content-Encoding")
        .asException();
  }

  static ProblemException tooLarge(int most) {
    return Problem.of(
            413,
            "request.too-large",
            "The body is larger than " + most + " bytes.",
            "Send at most " + most + " bytes.")
        .at("body")
        .asException();
  }

  static ProblemException empty() {
    return Problem.of(
            400,
            "request.empty",
            "The request has no body.",
            "Send the document that this operation wants.")
        .at("body")
        .asException();
  }

  static ProblemException broken() {
    return Problem.of(
            400, "request.broken", "The body ended before it was whole.", "Send the request again.")
        .at("body")
        .asException();
  }

  static ProblemException foreignOrigin() {
    return Problem.of(
            403,
            "request.foreign-origin",
            "A page of another origin must not change anything here.",
            "Send the request from a program, or from a page of this server.")
        .at("Origin")
        .asException();
  }

  static ProblemException noSuchPath(String path) {
    return Problem.of(
            404,
            "resource.unknown",
            "There is nothing at '" + path + "'.",
            "Follow the references that begin at the entry point.")
        .asException();
  }

  static ProblemException method(String method, Collection<String> allowed) {
    return Problem.of(
            405,
            "request.method",
            method + " is not possible here.",
            "Use one of " + List.copyOf(allowed) + ".")
        .asException();
  }

  static ProblemException parameter(String name, String message, String remedy) {
    return Problem.of(400, "request.parameter", message, remedy).at(name).asException();
  }

  static ProblemException header(String name, String message, String remedy) {
    return Problem.of(400, "request.header", message, remedy).at(name).asException();
  }

  static ProblemException stale() {
    return Problem.of(
            412,
            "request.stale",
            "The resource is no longer what If-Match names.",
            "Read it again and repeat the change on what it is now.")
        .at("If-Match")
        .asException();
  }
}
