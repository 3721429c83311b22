package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MatrixTest {
  private final Path folder = Matrix.folder().orElseThrow();

  @Test
  void thePageShowsTheResultsOnFile() throws IOException {
    assertThat(Files.readString(folder.resolve("matrix.md")))
        .as("docs/connectors/matrix.md is stale: write it anew with -Dcontract.write=true")
        .isEqualTo(Matrix.page(Matrix.read(folder)));
  }

  @Test
  void everyColumnTellsOfEveryBehaviourAndOfNoOther() {
    assertThat(Matrix.read(folder))
        .isNotEmpty()
        .allSatisfy((connector, column) ->
            assertThat(column.keySet())
                .as("results/%s.txt: run its contract with -Dcontract.write=true", connector)
                .isEqualTo(ContractReport.behaviours().keySet()));
  }

  @Test
  void thereAreManyBehaviours() {
    assertThat(ContractReport.behaviours()).hasSizeGreaterThanOrEqualTo(137);
  }
}
