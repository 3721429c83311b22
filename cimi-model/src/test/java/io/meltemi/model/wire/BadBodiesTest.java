package io.meltemi.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.query.Selection;
import io.meltemi.model.schema.CimiKinds;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadBodiesTest {
  private static final View NEW = View.of(Face.CIMI_2, "http://host:8080");
  private static final View OLD = View.of(Face.CIMI_1, "http://host:8080");

  /** What a parser says of itself. */
  static final String[] PARSERS_OWN = {
    "REDACTED", "Source", "Stream", "Json", "com.", "wstx", "`", "row,col", "Exception"
  };

  private final Kinds kinds = new Kinds(CimiKinds.all());
  private final Codec codec = new Codec(kinds);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'cpus':1}                    | attribute.unknown | cpus            | did you mean cpu?
          {'zzzzzzzzzz':1}              | attribute.unknown | zzzzzzzzzz      | leave it out
          {'cpu':'four','memory':1}     | attribute.type    | cpu             | counted in count
          {'cpu':1,'memory':'4 GiB'}    | attribute.type    | memory          | counted in kibibyte
          {'cpu':1.5,'memory':1}        | attribute.type    | cpu             | write the number alone
          {'cpu':true,'memory':1}       | attribute.type    | cpu             | write the number alone
          {'cpu':0,'memory':1}          | attribute.range   | cpu             | give at least 1
          {'cpu':4294967297,'memory':1} | attribute.range   | cpu             | at least 1 and at most 2147483647 count
          {'cpu':1,'memory':99999999999999999999} | attribute.range | memory      | at most 100000000000000 kibibyte
          {'cpu':'9223372036854775808','memory':1} | attribute.range | cpu        | at most 2147483647
          {'cpu':1}                     | attribute.missing | memory          | add memory
          {'cpu':1,'memory':1,'cpuArch':'x86-64'} | attribute.value | cpuArch | did you mean x86_64?
          {'cpu':1,'memory':1,'name':7} | attribute.type    | name            | write a text
          {'cpu':1,'memory':1,'properties':{'a':1}} | attribute.type | properties['a'] | write a text
          {'cpu':1,'memory':1,'properties':'a'}     | attribute.type | properties | an object
          {'cpu':1,'memory':1,'disks':[{}]}  | attribute.missing | disks[0].capacity | add disks
          {'cpu':1,'memory':1,'disks':[{'capacity':1},{'capacity':'x'}]} | attribute.type | disks[1].capacity | kilobyte
          {'cpu':1,'memory':1,'disks':[{'size':1}]} | attribute.unknown | disks[0].size | leave it out
          {'cpu':1,'cpu':2}             | body.duplicate    | cpu             | leave one of them out
          {'cpu':1,'memory':1,'name':'a\\u0001'} | attribute.character | name | remove control characters
          {'resourceURI':'http://schemas.dmtf.org/cimi/1/MachineConfiguration'} | body.other-face | resourceURI | entry point of that version
          {'resourceURI':'http://schemas.dmtf.org/cimi/2/Machine'} | body.wrong-type | resourceURI | send http://schemas.dmtf.org/cimi/2/MachineConfiguration
          """)
  void aBadConfigurationIsToldWhereAndWhatToDo(
      String body, String code, String field, String remedy) {
    Problem problem =
        refusal(() ->
            codec.readCreate(Format.JSON, bytes(body), kinds.get("MachineConfiguration"), NEW));
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.field()).contains(field);
    assertThat(problem.remedy()).contains(remedy);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'name':'a'}                                        | attribute.missing   | machineTemplate
          {'machineTemplate':{}}                              | attribute.missing   | machineTemplate
          {'machineTemplate':{'href':''}}                     | attribute.missing   | machineTemplate.href
          {'machineTemplate':{'machineConfig':{},'machineImage':{'href':'i'}}} | attribute.missing | machineTemplate.machineConfig
          {'machineTemplate':7}                               | attribute.type      | machineTemplate
          {'machineTemplate':{'machineImage':{'href':'machineImages/i'}}} | attribute.missing | machineTemplate.machineConfig
          {'machineTemplate':{'href':'t'},'cpu':1}            | attribute.misplaced | cpu
          {'machineTemplate':{'href':'t','cpu':1}}            | attribute.unknown   | machineTemplate.cpu
          {'machineTemplate':{'href':'http://other.example/x'}} | reference.elsewhere | machineTemplate.href
          {'machineTemplate':{'href':'http://host:8080.evil.example/cimi/2/x'}} | reference.elsewhere | machineTemplate.href
          {'machineTemplate':{'href':'http://host:8080/cimi/1/machineTemplates/t'}} | body.other-face | machineTemplate.href
          {'machineTemplate':{'href':'/cimi/1/machineTemplates/t'}} | body.other-face | machineTemplate.href
          {'machineTemplate':{'href':'../../etc/passwd'}}     | reference.malformed | machineTemplate.href
          {'machineTemplate':{'href':'a b'}}                  | reference.malformed | machineTemplate.href
          {'machineTemplate':{'machineConfig':{'cpu':1}}}     | attribute.missing   | machineTemplate.machineConfig.memory
          {'machineTemplate':{'href':'t'},'placement':{'polcy':'x'}} | attribute.unknown | placement.polcy
          """)
  void aBadMachineIsToldWhere(String body, String code, String field) {
    Problem problem =
        refusal(() -> codec.readCreate(Format.JSON, bytes(body), kinds.get("Machine"), NEW));
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.field()).contains(field);
    assertThat(problem.remedy()).isNotBlank();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          <Machine                                           | body.malformed
          <!DOCTYPE a [<!ENTITY b 'c'>]><Machine xmlns='http://schemas.dmtf.org/cimi/2'>&b;</Machine> | body.document-type
          <!DOCTYPE a SYSTEM 'file:///etc/passwd'><Machine xmlns='http://schemas.dmtf.org/cimi/2'/>   | body.document-type
          <Machine xmlns='http://schemas.dmtf.org/cimi/2'><name>&b;</name></Machine>                  | body.malformed
          <Machine xmlns='http://schemas.dmtf.org/cimi/2'><name>a &b>c</name></Machine> | body.malformed
          <Machine xmlns='http://schemas.dmtf.org/cimi/1'/>  | body.other-face
          <Machine/>                                         | body.wrong-type
          <Volume xmlns='http://schemas.dmtf.org/cimi/2'/>   | body.wrong-type
          <Machine xmlns='http://schemas.dmtf.org/cimi/2'><x:name xmlns:x='urn:x'>a</x:name></Machine> | attribute.unknown
          <Machine xmlns='http://schemas.dmtf.org/cimi/2'><name>a</name><name>b</name></Machine> | body.duplicate
          <Machine xmlns='http://schemas.dmtf.org/cimi/2'><name><b>a</b></name></Machine> | attribute.type
          <Machine xmlns='http://schemas.dmtf.org/cimi/2'><property>a</property></Machine> | attribute.missing
          <Machine xmlns='http://schemas.dmtf.org/cimi/2'/><Machine/> | body.malformed
          <Machine xmlns='http://schemas.dmtf.org/cimi/2'>stray<name>a</name></Machine> | body.stray-text
          <Machine xmlns='http://schemas.dmtf.org/cimi/2'>stray</Machine> | body.stray-text
          <Machine xmlns='http://schemas.dmtf.org/cimi/2'><properties>stray</properties></Machine> | body.stray-text
          """)
  void badXmlIsRefused(String body, String code) {
    assertThat(
            refusal(() ->
                    codec.readUpdate(
                        Format.XML, bytes(body), kinds.get("Machine"), Selection.ALL, NEW))
                .code())
        .isEqualTo(code);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                  | body.malformed
          {'name':'a'} x     | body.malformed
          {'name':'a'}{}     | body.malformed
          [1]                | body.wrong-type
          'a'                | body.wrong-type
          {'name':NaN}       | body.malformed
          {'name':}          | body.malformed
          {'name':'a',       | body.malformed
          {'na\u0001me':1}   | body.malformed
          {'name':nul}       | body.malformed
          """)
  void badJsonIsRefused(String body, String code) {
    assertThat(json(body).code()).isEqualTo(code);
    assertThat(json(body).message()).doesNotContain(PARSERS_OWN);
  }

  @Test
  void bytesThatAreNotTextAreRefused() {
    byte[] body = {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'};
    Problem problem =
        refusal(
            () -> codec.readUpdate(Format.JSON, body, kinds.get("Machine"), Selection.ALL, NEW));
    assertThat(problem.code()).isEqualTo("body.malformed");
    assertThat(json("").code()).isEqualTo("body.empty");
  }

  @Test
  void jsonInAnotherEncodingIsRefused() {
    byte[] overlong = {
      '{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'
    };
    for (byte[] body : List.of(overlong, "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_16LE))) {
      assertThat(refusal(() -> JsonBody.read(body)).code()).isEqualTo("body.malformed");
    }
    byte[] marked = "\uFEFF{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(JsonBody.read(marked).path("name").asText()).isEqualTo("a");
  }

  @Test
  void deepAndWideBodiesAreRefused() {
    assertThat(json("{'properties':" + "[".repeat(40) + "]".repeat(40) + "}").code())
        .isEqualTo("body.too-deep");
    assertThat(json("{'a':" + "[".repeat(60_000) + "}").code())
        .isIn("body.too-deep", "body.malformed");
    assertThat(json("{'properties':[" + "1,".repeat(10_001) + "1]}").code())
        .isEqualTo("body.too-many-items");
    assertThat(xml("<a>".repeat(40) + "</a>".repeat(40)).code()).isEqualTo("body.too-deep");
    assertThat(xml("<a>".repeat(60_000)).code()).isIn("body.too-deep", "body.malformed");
    assertThat(xml("<a/>".repeat(10_001)).code()).isEqualTo("body.too-many-items");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Machine    | {'machineTemplate':{}}    | machineTemplate    | add machineTemplate.href, the id of one that there is, or give it by value: machineConfig
          Credential | {'credentialTemplate':{}} | credentialTemplate | by value: userName, password, key, publicKey
          Network    | {'networkTemplate':{}}    | networkTemplate    | networkConfig
          """)
  void anEmptyReferenceIsToldBothWays(String kind, String body, String field, String remedy) {
    Problem problem =
        refusal(() -> codec.readCreate(Format.JSON, bytes(body), kinds.get(kind), OLD));
    assertThat(problem.code()).isEqualTo("attribute.missing");
    assertThat(problem.field()).contains(field);
    assertThat(problem.remedy()).contains(remedy);
  }

  @Test
  void textThatStandsNowhereIsToldWithItsElement() {
    String order =
        "<MachineCreate xmlns='http://schemas.dmtf.org/cimi/1'><machineTemplate>"
            + "<machineConfig href='c'/><machineImage href='i'>x</machineImage>"
            + "</machineTemplate></MachineCreate>";
    Problem problem =
        refusal(() -> codec.readCreate(Format.XML, bytes(order), kinds.get("Machine"), OLD));
    assertThat(problem.code()).isEqualTo("body.stray-text");
    assertThat(problem.field()).contains("machineTemplate.machineImage");
  }

  @Test
  void whatIsTooLongOrTooManyIsToldWithItsLimit() {
    StringBuilder many = new StringBuilder("<name");
    for (int i = 0; i <= 200; i++) many.append(" a").append(i).append("='x'");
    Problem attributes = xml(many + "/>");
    assertThat(attributes.code()).isEqualTo("body.too-many-items");
    assertThat(attributes.message()).contains("more than 200 XML attributes");
    String name = "n".repeat(257);
    for (Problem problem : List.of(xml("<" + name + "/>"), json("{'" + name + "':1}"))) {
      assertThat(problem.code()).isEqualTo("body.too-long");
      assertThat(problem.message()).contains("256 characters");
    }
  }

  @Test
  void aPartialUpdateChangesOnlyWhatItNames() {
    Selection only = Selection.select(List.of("name"));
    Problem problem =
        refusal(() ->
            codec.readUpdate(
                Format.JSON,
                bytes("{'name':'a','description':'b'}"),
                kinds.get("Machine"),
                only,
                NEW));
    assertThat(problem.code()).isEqualTo("attribute.not-selected");
    assertThat(problem.field()).contains("description");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'action':'http://schemas.dmtf.org/cimi/2/action/start'} | action.mismatch   | action
          {'action':'http://schemas.dmtf.org/cimi/1/action/stop'}  | body.other-face   | action
          {'forces':true}                                          | attribute.unknown | forces
          {'force':'maybe'}                                        | attribute.type    | force
          {'resourceURI':'http://schemas.dmtf.org/cimi/2/Machine'} | body.wrong-type   | resourceURI
          """)
  void aBadActionIsRefused(String body, String code, String field) {
    Operation stop = kinds.get("Machine").operation("stop", Face.CIMI_2).orElseThrow();
    Problem problem = refusal(() -> codec.readAction(Format.JSON, bytes(body), stop, NEW));
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.field()).contains(field);
  }

  @Test
  void whatAnActionTakesIsNamedToWhomeverMisspellsIt() {
    Operation stop = kinds.get("Machine").operation("stop", Face.CIMI_2).orElseThrow();
    Problem near = refusal(() -> codec.readAction(Format.JSON, bytes("{'frce':true}"), stop, NEW));
    Problem far = refusal(() -> codec.readAction(Format.JSON, bytes("{'qqqqq':true}"), stop, NEW));
    assertThat(near.remedy()).contains("force");
    assertThat(far.remedy()).contains("action, properties, force");
  }

  @Test
  void aSecretIsNotRepeatedInTheComplaint() {
    Problem problem =
        refusal(() ->
            codec.readCreate(
                Format.JSON,
                bytes("{'credentialTemplate':{'password':['planted']}}"),
                kinds.get("Credential"),
                NEW));
    assertThat(problem.toString()).doesNotContain("planted");
  }

  private Problem json(String body) {
    return refusal(
        () -> codec.readUpdate(Format.JSON, bytes(body), kinds.get("Machine"), Selection.ALL, NEW));
  }

  private Problem xml(String content) {
    String body = "<Machine xmlns='http://schemas.dmtf.org/cimi/2'>" + content + "</Machine>";
    return refusal(
        () -> codec.readUpdate(Format.XML, bytes(body), kinds.get("Machine"), Selection.ALL, NEW));
  }

  private static Problem refusal(Supplier<?> reading) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, reading::get);
    assertThat(refused).as("was accepted").isNotNull();
    return refused.problem();
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
