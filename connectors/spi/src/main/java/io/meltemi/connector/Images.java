package io.meltemi.connector;

import java.util.List;
import java.util.Optional;

/** The images of one account which the broker made there. */
public interface Images {
  /**
   * Everything that earlier captures with exactly this token left, and nothing that people made of
   * it; empty says nothing about later.
   */
  List<Handle> find(Token token);

  /**
   * Every image which captures of this account's broker made, each once; those that are being made
   * may be left out. What people made of them is not theirs, whatever it bears.
   */
  List<Marked> list();

  /** The image as it is now; empty when the provider does not know it (any more). */
  Optional<Captured> read(Handle image);

  /** Asks for the end of the image. Succeeds when it is already gone. */
  void delete(Handle image);

  /**
   * @param imageId the provider's id, as discovery lists it
   * @param reason the provider's words when it failed
   */
  record Captured(Handle handle, String imageId, State state, Optional<String> reason) {}

  /** How far a capture is. */
  enum State {
    MAKING,
    READY,
    FAILED
  }
}
