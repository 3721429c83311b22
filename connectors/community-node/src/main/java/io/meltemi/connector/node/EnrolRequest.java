package io.meltemi.connector.node;

/**
 * A node asks to join. May be repeated: the same enrolment id with the same key gives the same
 * node.
 *
 * @param token one-time join token
 * @param enrolment made by the node before its first try, so that a lost answer makes no second
 *     node
 * @param publicKey Ed25519, X.509, Base64
 * @param name what the owner calls it
 */
public record EnrolRequest(String token, String enrolment, String publicKey, String name) {
  public EnrolRequest {
    Limits.line("token", token, Limits.NAME);
    Limits.id("enrolment", enrolment);
    Limits.line("publicKey", publicKey, 200);
    Limits.line("name", name, Limits.NAME);
    RequestSignature.publicKey(publicKey);
  }

  @Override
  public String toString() {
    return "EnrolRequest[" + enrolment + ", " + name + "]";
  }
}
