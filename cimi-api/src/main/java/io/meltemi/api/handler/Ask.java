package io.meltemi.api.handler;

import io.meltemi.model.schema.Face;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request.
 *
 * @param id of the request, for logs and the answer's header {@code Meltemi-Request}
 * @param method in capitals
 * @param root beginning of all absolute URIs, with a slash at its end
 * @param path below the face, decoded, without slashes at its ends
 * @param query decoded parameters in order
 * @param headers all values by name, whatever its case
 */
public record Ask(
    String id,
    String method,
    Face face,
    String root,
    String path,
    Map<String, List<String>> query,
    Headers headers,
    InputStream body) {

  /** Headers of a request. */
  @FunctionalInterface
  public interface Headers {
    /** All values of a header; empty when it is absent. */
    List<String> all(String name);

    /** The value of a header that may come once. */
    default Optional<String> one(String name) {
      List<String> values = all(name);
      if (values.size() > 1) throw Refuse.repeatedHeader(name);
      return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }
  }

  /** The face's base: what relative references are relative to. */
  public String base() {
    return root.substring(0, root.length() - 1) + face.path();
  }

  /** First value of a parameter; empty when it is absent. */
  public Optional<String> parameter(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  public List<String> parameters(String name) {
    return query.getOrDefault(name, List.of());
  }
}
