package io.meltemi.connector.node.agent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meltemi.connector.node.host.DurableFile;
import io.meltemi.connector.node.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.UUID;

/**
 * Who this node is: made on the node before it speaks to any broker, kept for ever.
 *
 * @param enrolment makes a repeated enrolment known again
 * @param publicKey X.509, Base64
 * @param privateKey PKCS#8, Base64; never leaves the node
 * @param node id that the broker gave; empty before that
 */
record Identity(String enrolment, String publicKey, String privateKey, String node) {

  static Identity load(Path folder) {
    Path file = file(folder);
    if (!Files.exists(file)) {
      Identity made = make();
      made.store(folder);
      return made;
    }
    try {
      return JsonMapper.builder().build().readValue(Files.readString(file), Identity.class);
    } catch (IOException e) {
      throw new HostException("cannot read " + file, e);
    }
  }

  private static Path file(Path folder) {
    return folder.resolve("identity.json");
  }

  private static Identity make() {
    try {
      KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Base64.Encoder base64 = Base64.getEncoder();
      return new Identity(
          UUID.randomUUID().toString(),
          base64.encodeToString(keys.getPublic().getEncoded()),
          base64.encodeToString(keys.getPrivate().getEncoded()),
          "");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no Ed25519 in this Java", e);
    }
  }

  Identity as(String given) {
    return new Identity(enrolment, publicKey, privateKey, given);
  }

  void store(Path folder) {
    try {
      DurableFile.write(file(folder), JsonMapper.builder().build().writeValueAsString(this));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  PrivateKey key() {
    try {
      byte[] encoded = Base64.getDecoder().decode(privateKey);
      return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new HostException("the node's key is damaged", e);
    }
  }

  @Override
  public String toString() {
    return "Identity[" + node + "]";
  }
}
