package io.meltemi.connector.node;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Ed25519 over method, path, number and SHA-256 of the body, each on a line: a signature serves for
 * one request and no other.
 */
public final class RequestSignature {
  /** Id of the node that signs. */
  public static final String NODE = "Meltemi-Node";

  /** Number of the request; each is higher than every one before. */
  public static final String NUMBER = "Meltemi-Number";

  /** Base64 of the signature. */
  public static final String SIGNATURE = "Meltemi-Signature";

  private static final String ALGORITHM = "Ed25519";

  private RequestSignature() {}

  public static String sign(PrivateKey key, String method, String path, long number, byte[] body) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(signed(method, path, number, body));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  /** False for a wrong signature and for what is none. */
  public static boolean holds(
      PublicKey key, String method, String path, long number, byte[] body, String base64) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(signed(method, path, number, body));
      return signature.verify(Base64.getDecoder().decode(base64));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * @param base64 X.509
   * @throws IllegalArgumentException when it is no Ed25519 key
   */
  public static PublicKey publicKey(String base64) {
    try {
      byte[] encoded = Base64.getDecoder().decode(base64);
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("publicKey must be an Ed25519 key, X.509, Base64", e);
    }
  }

  private static byte[] signed(String method, String path, long number, byte[] body)
      throws GeneralSecurityException {
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    return String.join("\n", method, path, Long.toString(number), digest)
        .getBytes(StandardCharsets.UTF_8);
  }
}
