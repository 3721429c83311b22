package io.meltemi.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.model.query.Filter;
import io.meltemi.model.query.FilterParser;
import io.meltemi.model.schema.CimiKinds;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterFormTest {
  private static final String BASE = "http://host:8080";

  private final Kinds kinds = new Kinds(CimiKinds.all());
  private final Codec codec = new Codec(kinds);

  private void means(String kind, Face face, String asked, String inside) {
    Filter filter = codec.readFilter(parsed(asked), kinds.get(kind), View.of(face, BASE));
    assertThat(filter).as(asked).isEqualTo(parsed(inside));
  }

  private static Filter parsed(String text) {
    return FilterParser.parse(List.of(text)).orElseThrow();
  }

  @Test
  void aLinkIsThePathThatItLeadsTo() {
    String machine = BASE + "/cimi/2/machines/m1";
    means("Machine", Face.CIMI_2, "id='" + machine + "'", "id='machines/m1'");
    means("Job", Face.CIMI_2, "targetResource='" + machine + "'", "targetResource='machines/m1'");
    means("MachineImage", Face.CIMI_1, "imageLocation!='urn:x'", "imageLocation!='urn:x'");
    means("Machine", Face.CIMI_2, "name='" + machine + "'", "name='" + machine + "'");
  }

  @Test
  void theUriOfAnActionIsItsName() {
    means(
        "Job", Face.CIMI_1, "action='http://schemas.dmtf.org/cimi/1/action/stop'", "action='stop'");
  }

  @Test
  void aValueMeansThoseThatItStandsForToo() {
    means("Machine", Face.CIMI_1, "state='ERROR'", "state='ERROR' or state='FAILED'");
    means("Machine", Face.CIMI_1, "state!='ERROR'", "state!='ERROR' and state!='FAILED'");
    means("Machine", Face.CIMI_2, "state='ERROR'", "state='ERROR'");
    means(
        "Machine",
        Face.CIMI_1,
        "cpu=1 and (state='ERROR' or cpu=2)",
        "cpu=1 and ((state='ERROR' or state='FAILED') or cpu=2)");
  }
}
