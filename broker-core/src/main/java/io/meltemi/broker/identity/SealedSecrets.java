package io.meltemi.broker.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256 in GCM; the purpose is authenticated with the text. Form: {@code keyId.base64(iv, text)}.
 */
public final class SealedSecrets implements Secrets {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final KeyRing keys;
  private final SecureRandom random = new SecureRandom();

  public SealedSecrets(KeyRing keys) {
    this.keys = keys;
  }

  @Override
  public String seal(String purpose, String plain) {
    String id = keys.sealingKey();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, key(id), nonce, purpose, plain.getBytes(UTF_8));
    byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    return id + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  @Override
  public String open(String purpose, String sealed) {
    int dot = sealed.indexOf('.');
    ByteBuffer all = ByteBuffer.wrap(Base64.getUrlDecoder().decode(sealed.substring(dot + 1)));
    byte[] nonce = new byte[NONCE_BYTES];
    all.get(nonce);
    byte[] text = new byte[all.remaining()];
    all.get(text);
    SecretKey key = key(sealed.substring(0, Math.max(0, dot)));
    return new String(run(Cipher.DECRYPT_MODE, key, nonce, purpose, text), UTF_8);
  }

  private SecretKey key(String id) {
    return keys.key(id)
        .orElseThrow(() ->
            new IllegalStateException(
                "a secret was sealed with the master key '"
                    + id
                    + "', which is not in the key"
                    + " file; put that key back"));
  }

  private static byte[] run(int mode, SecretKey key, byte[] nonce, String purpose, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(purpose.getBytes(UTF_8));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "a secret cannot be opened: the master key is another one, or the secret was changed", e);
    }
  }
}
