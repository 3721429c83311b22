package io.meltemi.broker.place;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the mapping says of a name once the provider shows the thing. */
class CalledTest {
  private static JsonNode name(String shown) throws IOException {
    String inner =
        """
        {'placed': {'amount': {}, 'wanted': {}, 'carried': [
            {'attribute': 'name', 'fidelity': 'EXACT', 'wanted': 'long-name', 'given': 'long-name'},
            {'attribute': 'image', 'fidelity': 'EXACT', 'wanted': 'debian', 'given': 'debian'}]},
          'providerName': '%s'}
        """
            .formatted(shown)
            .replace('\'', '"');
    JsonNode mapping = Placed.mapping(new ObjectMapper().readTree(inner));
    assertThat(mapping.path(1).path("fidelity").asText()).isEqualTo("EXACT");
    return mapping.path(0);
  }

  @Test
  void aNameThatIsCutIsApproximated() throws IOException {
    JsonNode cut = name("long-na");
    assertThat(cut.path("fidelity").asText()).isEqualTo("APPROXIMATED");
    assertThat(cut.path("wanted").asText()).isEqualTo("long-name");
    assertThat(cut.path("given").asText()).isEqualTo("long-na");
  }

  @Test
  void aNameThatIsTakenOrNotYetShownIsExact() throws IOException {
    assertThat(name("long-name").path("fidelity").asText()).isEqualTo("EXACT");
    assertThat(name("").path("fidelity").asText()).isEqualTo("EXACT");
  }
}
