package io.meltemi.broker.account;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Token;
import java.util.List;
import java.util.Optional;

/** Images behind the gate of their account. */
record IsolatedImages(Images inner, Gate gate) implements Images {
  @Override
  public List<Handle> find(Token token) {
    return gate.read("find image", () -> inner.find(token));
  }

  @Override
  public List<Marked> list() {
    return gate.read("list images", inner::list);
  }

  @Override
  public Optional<Captured> read(Handle image) {
    return gate.read("read image", () -> inner.read(image));
  }

  @Override
  public void delete(Handle image) {
    gate.change(
        "delete image",
        () -> {
          inner.delete(image);
          return true;
        });
  }
}
