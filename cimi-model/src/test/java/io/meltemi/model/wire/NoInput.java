package io.meltemi.model.wire;

import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.ls.LSInput;

/** An empty schema in place of one that would be fetched from elsewhere. */
final class NoInput implements LSInput {
  @Override
  public Reader getCharacterStream() {
    return new StringReader(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'"
            + " targetNamespace='http://www.w3.org/XML/1998/namespace'/>");
  }

  @Override
  public void setCharacterStream(Reader reader) {}

  @Override
  public @Nullable InputStream getByteStream() {
    return null;
  }

  @Override
  public void setByteStream(InputStream stream) {}

  @Override
  public @Nullable String getStringData() {
    return null;
  }

  @Override
  public void setStringData(String data) {}

  @Override
  public String getSystemId() {
    return "xml.xsd";
  }

  @Override
  public void setSystemId(String id) {}

  @Override
  public @Nullable String getPublicId() {
    return null;
  }

  @Override
  public void setPublicId(String id) {}

  @Override
  public @Nullable String getBaseURI() {
    return null;
  }

  @Override
  public void setBaseURI(String uri) {}

  @Override
  public String getEncoding() {
    return "UTF-8";
  }

  @Override
  public void setEncoding(String encoding) {}

  @Override
  public boolean getCertifiedText() {
    return false;
  }

  @Override
  public void setCertifiedText(boolean certified) {}
}
