package io.meltemi.model.schema;

import static io.meltemi.model.schema.Declare.hex;
import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.map;
import static io.meltemi.model.schema.Declare.text;

import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.model.schema.ResourceKind.Owner;
import java.util.List;

/** Who may log in to a machine. */
final class CredentialKinds {
  /**
   * The content is the provider's choice (R106): {@code key} holds the bytes of the public key's
   * line in hexadecimal, {@code publicKey} the line itself, which counts when both are given.
   */
  private static final List<Attribute> CONTENT =
      Declare.declared(
          map("parameters", "parameter").only(Face.CIMI_2).writable(),
          text("userName").optional().writable().alias("username").trailing(),
          text("password").optional().writable().secret().trailing(),
          hex("key").optional().writable().trailing(),
          text("publicKey").optional().writable().extension());

  /** Section 5.14.9 of DSP0263 2.0.0. */
  static final ResourceKind CREDENTIAL =
      kind("Credential")
          .collection("credentials", "credentials")
          .template("CredentialTemplate")
          .attributes(CONTENT)
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  /** Section 5.14.11 of DSP0263 2.0.0. */
  static final ResourceKind CREDENTIAL_TEMPLATE =
      kind("CredentialTemplate")
          .collection("credentialTemplates", "credentialTemplates")
          .owner(Owner.EITHER)
          .attributes(CONTENT)
          .added()
          .edited()
          .deleted()
          .metering(Metering.NONE);

  private CredentialKinds() {}
}
