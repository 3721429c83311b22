package io.meltemi.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.meltemi.model.ProblemException;
import io.meltemi.model.query.FilterParser;
import io.meltemi.model.query.Selection;
import io.meltemi.model.schema.CimiKinds;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Bodies and filters with random damage are read or refused; nothing else ever comes of them.
 * Another seed: {@code -Dmutation.seed=…}.
 */
class MutatedBodiesTest {
  private static final View VIEW = View.of(Face.CIMI_2, "http://host:8080");
  private static final int ROUNDS = 3_000;
  private static final String JSON =
      """
      {"resourceURI":"http://schemas.dmtf.org/cimi/2/MachineCreate","name":"w\\u00e9b","properties":{"a":"b"},
       "machineTemplate":{"machineConfig":{"cpu":2,"memory":1024,"disks":[{"capacity":1000}]},
        "machineImage":{"href":"http://host:8080/cimi/2/machineImages/i1"},"userData":null},
       "placement":{"policy":"cheapest","terms":{"countries":"DE"}}}
      """;
  private static final String XML =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <MachineCreate xmlns="http://schemas.dmtf.org/cimi/2" xmlns:m="https://meltemi.io/broker/1">
       <name>w\u00e9b &amp; co</name><properties><property key="a">b</property></properties>
       <machineTemplate><machineConfig><cpu>2</cpu><memory>1024</memory><disks><disk capacity="1000"/></disks>
       </machineConfig><machineImage href="machineImages/i1"/><userData/></machineTemplate>
       <m:placement policy="cheapest"><m:terms><m:term key="countries">DE</m:term></m:terms></m:placement>
      </MachineCreate>
      """;
  private static final String FILTER =
      "state='STARTED' and (cpu>=2 or property['tier']=\"front\") and created<2026-11-21T00:00:00Z";

  private final long seed = Long.getLong("mutation.seed", 1L);
  private final Random random = new Random(seed);
  private final Kinds kinds = new Kinds(CimiKinds.all());
  private final Codec codec = new Codec(kinds);
  private int read;

  @Test
  void damagedBodiesAreReadOrRefused() {
    System.out.println("mutation.seed=" + seed);
    Operation stop = kinds.get("Machine").operation("stop", Face.CIMI_2).orElseThrow();
    for (Format format : Format.values()) {
      byte[] whole = (format == Format.JSON ? JSON : XML).strip().getBytes(StandardCharsets.UTF_8);
      attempt(whole, () -> codec.readCreate(format, whole, kinds.get("Machine"), VIEW));
      assertThat(read).as("the undamaged body is read").isEqualTo(1);
      for (int i = 0; i < ROUNDS; i++) {
        byte[] body = damaged(whole);
        attempt(body, () -> codec.readCreate(format, body, kinds.get("Machine"), VIEW));
        attempt(body, () -> codec.readAction(format, body, stop, VIEW));
        attempt(
            body, () -> codec.readUpdate(format, body, kinds.get("Machine"), Selection.ALL, VIEW));
      }
      read = 0;
    }
  }

  @Test
  void damagedFiltersAreReadOrRefused() {
    byte[] whole = FILTER.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] filter = damaged(whole);
      attempt(
          filter, () -> FilterParser.parse(List.of(new String(filter, StandardCharsets.UTF_8))));
    }
  }

  private void attempt(byte[] input, Runnable reading) {
    try {
      reading.run();
      read++;
    } catch (ProblemException refused) {
      assertThat(refused.problem().status()).isEqualTo(400);
      assertThat(refused.problem().remedy()).isNotBlank();
      if (refused.problem().code().equals("body.malformed")) {
        assertThat(refused.problem().message()).doesNotContain(BadBodiesTest.PARSERS_OWN);
      }
    } catch (RuntimeException e) {
      fail("mutation.seed=" + seed + " " + Arrays.toString(input), e);
    }
  }

  /** One to four times: a byte changed, left out or doubled, or a piece moved. */
  private byte[] damaged(byte[] whole) {
    byte[] body = whole.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(body.length);
      int to = at + random.nextInt(Math.min(20, body.length - at));
      body =
          switch (random.nextInt(4)) {
            case 0 -> changed(body, at);
            case 1 -> joined(body, 0, at, at + 1, body.length);
            case 2 -> joined(body, 0, to, at, body.length);
            default -> joined(body, 0, at, to, body.length);
          };
      if (body.length < 2) {
        return whole.clone();
      }
    }
    return body;
  }

  private byte[] changed(byte[] body, int at) {
    byte[] copy = body.clone();
    String interesting = "{}[]\":,<>&;/='\\0-9 \n\u0001";
    copy[at] =
        random.nextBoolean()
            ? (byte) random.nextInt(256)
            : (byte) interesting.charAt(random.nextInt(interesting.length()));
    return copy;
  }

  private static byte[] joined(byte[] body, int from, int to, int again, int end) {
    byte[] copy = Arrays.copyOf(Arrays.copyOfRange(body, from, to), to - from + end - again);
    System.arraycopy(body, again, copy, to - from, end - again);
    return copy;
  }
}
