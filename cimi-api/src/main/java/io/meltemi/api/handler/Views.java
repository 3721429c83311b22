package io.meltemi.api.handler;

import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.wire.View;

/** How an answer shows resources. */
final class Views {
  private Views() {}

  /** Everything, in the face that was asked. */
  static View plain(Ask ask) {
    return View.of(ask.face(), base(ask));
  }

  /** Everything, in the face that was asked or, where the kind is not served there, its own. */
  static View of(Ask ask, ResourceKind kind) {
    return View.of(face(ask, kind), ask.face(), base(ask));
  }

  /** The absolute URI of a resource. */
  static String uri(Ask ask, ResourceKind kind, String id) {
    return base(ask) + face(ask, kind).path() + id;
  }

  private static String base(Ask ask) {
    return ask.root().substring(0, ask.root().length() - 1);
  }

  private static Face face(Ask ask, ResourceKind kind) {
    if (kind.faces().contains(ask.face())) return ask.face();
    return kind.faces().contains(Face.CIMI_2) ? Face.CIMI_2 : Face.BROKER_1;
  }
}
