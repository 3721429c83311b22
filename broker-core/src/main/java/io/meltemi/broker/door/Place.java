package io.meltemi.broker.door;

import io.meltemi.model.schema.ResourceKind;
import java.util.Optional;

/**
 * What a path stands for.
 *
 * @param kind of the resource, or of the items of the collection
 * @param path as asked
 * @param collection path of the collection: the path itself, or the one that the resource stands in
 * @param owner path of the resource that the collection belongs to; empty at the top
 */
record Place(ResourceKind kind, String path, String collection, Optional<String> owner) {
  boolean isCollection() {
    return path.equals(collection);
  }
}
