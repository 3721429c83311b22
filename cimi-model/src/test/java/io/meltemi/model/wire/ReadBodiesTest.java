package io.meltemi.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Resource;
import io.meltemi.model.query.Selection;
import io.meltemi.model.schema.CimiKinds;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadBodiesTest {
  private static final View NEW = View.of(Face.CIMI_2, "http://host:8080");
  private static final View OLD = View.of(Face.CIMI_1, "http://host:8080");

  private final Kinds kinds = new Kinds(CimiKinds.all());
  private final Codec codec = new Codec(kinds);

  @Test
  void aMachineByValueOfReferencesIsReadInEveryForm() throws IOException {
    JsonNode wanted =
        tree(
            """
            {'name':'web','properties':{'tier':'front'},
             'machineTemplate':{'machineConfig':{'href':'machineConfigs/small'},
                                'machineImage':{'href':'machineImages/debian'}}}
            """);
    for (View view : List.of(OLD, NEW)) {
      String ns = view.face().namespace();
      String base = "http://host:8080" + view.face().path();
      assertThat(
              create(
                  view,
                  Format.JSON,
                  """
                  {'resourceURI':'%s/MachineCreate','name':'web','properties':{'tier':'front'},
                   'machineTemplate':{'machineConfig':{'href':'%smachineConfigs/small'},
                                      'machineImage':{'href':'machineImages/debian'}}}
                  """
                      .formatted(ns, base)))
          .isEqualTo(wanted);
      assertThat(
              create(
                  view,
                  Format.XML,
                  """
                  <MachineCreate xmlns='%s'><name>web</name><property key='tier'>front</property>
                   <machineTemplate><machineConfig href='%smachineConfigs/small'/>
                    <machineImage href='%s'/></machineTemplate></MachineCreate>
                  """
                      .formatted(ns, base, view.face().path() + "machineImages/debian")))
          .isEqualTo(wanted);
    }
  }

  /**
   * Texts are the consumer's data; what is counted, named or addressed has no blanks of its own.
   */
  @Test
  void bothFormsKeepTheBlanksOfTexts() throws IOException {
    JsonNode wanted =
        tree(
            "{'name':'  two\\n"
                + " words ','description':' ','properties':{'a':' b '},'cpu':1,'memory':2}");
    for (View view : List.of(OLD, NEW)) {
      assertThat(
              codec.readCreate(
                  Format.JSON, bytes(wanted.toString()), kinds.get("MachineConfiguration"), view))
          .isEqualTo(wanted);
      assertThat(
              codec.readCreate(
                  Format.XML,
                  bytes(
                      """
                      <MachineConfigurationCreate xmlns='%s'>
                       <name>  two
                       words </name><description> </description>
                       <properties>
                        <property key='a'> b </property>
                       </properties>
                       <disks>
                       </disks>
                       <cpu> 1 </cpu><memory>
                        2
                       </memory>
                      </MachineConfigurationCreate>
                      """
                          .formatted(view.face().namespace())),
                  kinds.get("MachineConfiguration"),
                  view))
          .isEqualTo(wanted);
    }
  }

  @Test
  void aConfigurationByValueStandsInTheTemplate() throws IOException {
    JsonNode wanted =
        tree(
            """
            {'machineTemplate':{'machineConfig':{'cpu':2,'memory':262144,
              'disks':[{'capacity':1000000},{'capacity':5}]}}}
            """);
    assertThat(
            create(
                NEW,
                Format.XML,
                """
                <MachineCreate xmlns='http://schemas.dmtf.org/cimi/2'><machineTemplate><machineConfig>
                 <cpu>2</cpu><memory>262144</memory>
                 <disks><disk><capacity>1000000</capacity></disk><disk capacity='5'/></disks>
                </machineConfig></machineTemplate></MachineCreate>
                """))
        .isEqualTo(wanted);
    assertThat(
            create(
                OLD,
                Format.XML,
                """
                <machineCreate xmlns='http://schemas.dmtf.org/cimi/1'><machineTemplate><machineConfig>
                 <cpu>2</cpu><memory>262144</memory>
                 <disk><capacity>1000000</capacity></disk><disk><capacity>5</capacity></disk>
                </machineConfig></machineTemplate></machineCreate>
                """))
        .isEqualTo(wanted);
  }

  /** In 1.x what a volume template says by value stands directly in its entry. */
  @Test
  void volumesAndTheirTemplatesAreReadInEveryForm() throws IOException {
    JsonNode wanted =
        tree(
            """
            {'machineTemplate':{'machineConfig':{'href':'machineConfigs/small'},
              'volumes':[{'volume':{'href':'volumes/v1'},'initialLocation':'/dev/sdb'}],
              'volumeTemplates':[
                {'volumeTemplate':{'href':'volumeTemplates/t1',
                                   'volumeConfig':{'capacity':1000}},'initialLocation':'/dev/sdc'},
                {'volumeTemplate':{'volumeConfig':{'href':'volumeConfigs/c1'},
                                   'properties':{'a':'b'}}}]}}
            """);
    String config = "'machineConfig':{'href':'machineConfigs/small'}";
    assertThat(create(NEW, Format.JSON, wanted.toString())).isEqualTo(wanted);
    assertThat(
            create(
                OLD,
                Format.JSON,
                """
                {'machineTemplate':{%s,
                  'volumes':[{'href':'volumes/v1','initialLocation':'/dev/sdb'}],
                  'volumeTemplates':[
                    {'href':'volumeTemplates/t1','initialLocation':'/dev/sdc',
                     'volumeConfig':{'capacity':1000}},
                    {'volumeConfig':{'href':'volumeConfigs/c1'},'properties':{'a':'b'}}]}}
                """
                    .formatted(config)))
        .isEqualTo(wanted);
    assertThat(
            create(
                OLD,
                Format.XML,
                """
                <MachineCreate xmlns='http://schemas.dmtf.org/cimi/1'><machineTemplate>
                 <machineConfig href='machineConfigs/small'/>
                 <volume href='volumes/v1' initialLocation='/dev/sdb'/>
                 <volumeTemplate href='volumeTemplates/t1' initialLocation='/dev/sdc'>
                  <volumeConfig><capacity>1000</capacity></volumeConfig></volumeTemplate>
                 <volumeTemplate><property key='a'>b</property>
                  <volumeConfig href='volumeConfigs/c1'/></volumeTemplate>
                </machineTemplate></MachineCreate>
                """))
        .isEqualTo(wanted);
    assertThat(
            create(
                NEW,
                Format.XML,
                """
                <MachineCreate xmlns='http://schemas.dmtf.org/cimi/2'><machineTemplate>
                 <machineConfig href='machineConfigs/small'/>
                 <volumes><volume><initialLocation>/dev/sdb</initialLocation>
                  <volume href='volumes/v1'/></volume></volumes>
                 <volumeTemplates><volumeTemplate><initialLocation>/dev/sdc</initialLocation>
                   <volumeTemplate href='volumeTemplates/t1'>
                    <volumeConfig><capacity>1000</capacity></volumeConfig></volumeTemplate>
                  </volumeTemplate>
                  <volumeTemplate><volumeTemplate>
                   <properties><property key='a'>b</property></properties>
                   <volumeConfig href='volumeConfigs/c1'/></volumeTemplate></volumeTemplate>
                 </volumeTemplates>
                </machineTemplate></MachineCreate>
                """))
        .isEqualTo(wanted);
  }

  /** What was written by value is read again as it was, in every form. */
  @Test
  void aVolumeTemplateByValueComesBackAsItWent() throws IOException {
    ObjectNode values =
        (ObjectNode)
            tree(
                """
                {'machineConfig':{'href':'machineConfigs/small'},
                 'volumeTemplates':[{'volumeTemplate':{
                     'volumeConfig':{'capacity':1000,'format':'ext4'}},
                   'initialLocation':'/dev/sdc'}]}
                """);
    ResourceKind kind = kinds.get("MachineTemplate");
    Resource template = new Resource(kind, "machineTemplates/t1", 1, values, Set.of());
    for (View view : List.of(OLD, NEW)) {
      for (Format format : Format.values()) {
        byte[] written = codec.write(format, template, view);
        assertThat(codec.readCreate(format, written, kind, view))
            .as(new String(written, StandardCharsets.UTF_8))
            .isEqualTo(values);
      }
    }
  }

  @Test
  void whatNoVolumeTemplateKnowsIsRefused() {
    assertThatThrownBy(() ->
            create(
                OLD,
                Format.JSON,
                """
                {'machineTemplate':{'machineConfig':{'href':'machineConfigs/small'},
                  'volumeTemplates':[{'href':'volumeTemplates/t1','capcity':1000}]}}
                """))
        .hasMessageContaining("capcity");
  }

  @Test
  void nullAndTheEmptyElementEraseBesideAReference() throws IOException {
    JsonNode wanted =
        tree(
            "{'machineTemplate':{'href':'machineTemplates/t1','userData':null,'initialState':'STARTED'}}");
    assertThat(
            create(
                NEW,
                Format.JSON,
                "{'machineTemplate':{'href':'machineTemplates/t1','userData':null,'initialState':'started'}}"))
        .isEqualTo(wanted);
    assertThat(
            create(
                NEW,
                Format.XML,
                """
                <MachineCreate xmlns='http://schemas.dmtf.org/cimi/2'>
                 <machineTemplate href='machineTemplates/t1'><userData/>
                  <initialState>STARTED</initialState></machineTemplate></MachineCreate>
                """))
        .isEqualTo(wanted);
  }

  @Test
  void theVolumesOfATemplateHaveOneFormWhateverTheVersion() throws IOException {
    JsonNode wanted =
        tree(
            """
            {'machineTemplate':{'href':'machineTemplates/t1',
              'volumes':[{'volume':{'href':'volumes/v1'},'initialLocation':'/dev/sdb'}]}}
            """);
    assertThat(
            create(
                OLD,
                Format.JSON,
                "{'machineTemplate':{'href':'machineTemplates/t1','volumes':[{'href':'volumes/v1','initialLocation':'/dev/sdb'}]}}"))
        .isEqualTo(wanted);
    assertThat(
            create(
                OLD,
                Format.XML,
                """
                <MachineCreate xmlns='http://schemas.dmtf.org/cimi/1'>
                 <machineTemplate href='machineTemplates/t1'>
                  <volume href='volumes/v1' initialLocation='/dev/sdb'/></machineTemplate></MachineCreate>
                """))
        .isEqualTo(wanted);
    assertThat(
            create(
                NEW,
                Format.XML,
                """
                <MachineCreate xmlns='http://schemas.dmtf.org/cimi/2'>
                 <machineTemplate href='machineTemplates/t1'><volumes><volume>
                  <volume href='volumes/v1'/><initialLocation>/dev/sdb</initialLocation>
                 </volume></volumes></machineTemplate></MachineCreate>
                """))
        .isEqualTo(wanted);
  }

  @Test
  void placementIsAnExtensionInBothForms() throws IOException {
    JsonNode wanted =
        tree(
            """
            {'machineTemplate':{'href':'machineTemplates/t1'},
             'placement':{'policy':'cheapest','terms':{'countries':'DE FR'}}}
            """);
    assertThat(
            create(
                NEW,
                Format.JSON,
                "{'machineTemplate':{'href':'machineTemplates/t1'},'placement':{'policy':'cheapest','terms':{'countries':'DE"
                    + " FR'}}}"))
        .isEqualTo(wanted);
    assertThat(
            create(
                OLD,
                Format.XML,
                """
                <MachineCreate xmlns='http://schemas.dmtf.org/cimi/1' xmlns:m='https://meltemi.io/broker/1'>
                 <machineTemplate href='machineTemplates/t1'/>
                 <m:placement policy='cheapest'><m:terms><m:term key='countries'>DE FR</m:term></m:terms>
                 </m:placement></MachineCreate>
                """))
        .isEqualTo(wanted);
  }

  @Test
  void numbersWrittenAsTextAreRead() throws IOException {
    assertThat(
            codec.readCreate(
                Format.JSON,
                bytes("{'cpu':'2','memory':' 1024 '}"),
                kinds.get("MachineConfiguration"),
                OLD))
        .isEqualTo(tree("{'cpu':2,'memory':1024}"));
  }

  @Test
  void aConfigurationComesBareOrInAnEnvelope() throws IOException {
    for (String type : List.of("MachineConfiguration", "MachineConfigurationCreate")) {
      String body =
          "<%s xmlns='http://schemas.dmtf.org/cimi/2'><cpu>1</cpu><memory>1</memory></%s>"
              .formatted(type, type);
      assertThat(codec.readCreate(Format.XML, bytes(body), kinds.get("MachineConfiguration"), NEW))
          .isEqualTo(tree("{'cpu':1,'memory':1}"));
    }
  }

  @Test
  void whatOnlyTheProviderChangesIsPassedOver() throws IOException {
    String body =
        """
        {'resourceURI':'http://schemas.dmtf.org/cimi/2/Machine','id':'http://host:8080/cimi/2/machines/m1',
         'name':'new','state':'STOPPED','cpu':64,'created':'2001-01-01T00:00:00Z',
         'disks':{'href':'http://host:8080/cimi/2/machines/m1/disks'},
         'operations':[{'rel':'edit','href':'x'}]}
        """;
    assertThat(codec.readUpdate(Format.JSON, bytes(body), kinds.get("Machine"), Selection.ALL, NEW))
        .isEqualTo(tree("{'name':'new'}"));
  }

  @Test
  void aPartialUpdateMayLeaveOutWhatItResets() throws IOException {
    Selection only = Selection.select(List.of("name,description"));
    assertThat(
            codec.readUpdate(Format.JSON, bytes("{'name':'new'}"), kinds.get("Machine"), only, NEW))
        .isEqualTo(tree("{'name':'new'}"));
  }

  @Test
  void anActionGivesItsParameters() throws IOException {
    Operation stop = kinds.get("Machine").operation("stop", Face.CIMI_1).orElseThrow();
    assertThat(
            codec.readAction(
                Format.XML,
                bytes(
                    """
                    <Action xmlns='http://schemas.dmtf.org/cimi/1'>
                     <action> http://http://schemas.dmtf.org/cimi/1/action/stop </action>
                     <force>true</force><property key='why'>test</property></Action>
                    """),
                stop,
                OLD))
        .isEqualTo(tree("{'force':true,'properties':{'why':'test'}}"));
    assertThat(codec.readAction(Format.JSON, new byte[0], stop, OLD)).isEmpty();
  }

  @Test
  void captureTakesAnImage() throws IOException {
    Operation capture = kinds.get("Machine").operation("capture", Face.CIMI_2).orElseThrow();
    String body =
        """
        {'resourceURI':'http://schemas.dmtf.org/cimi/2/MachineImage','name':'golden',
         'imageLocation':'http://host:8080/cimi/2/machines/m1'}
        """;
    assertThat(codec.readAction(Format.JSON, bytes(body), capture, NEW))
        .isEqualTo(tree("{'name':'golden','imageLocation':'machines/m1'}"));
  }

  @Test
  void aSecretIsTakenInUnderOldNamesToo() throws IOException {
    String body = "{'credentialTemplate':{'username':'root','password':'p'}}";
    assertThat(codec.readCreate(Format.JSON, bytes(body), kinds.get("Credential"), NEW))
        .isEqualTo(tree("{'credentialTemplate':{'userName':'root','password':'p'}}"));
  }

  private JsonNode create(View view, Format format, String body) {
    return codec.readCreate(format, bytes(body), kinds.get("Machine"), view);
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode tree(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
