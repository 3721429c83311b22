package io.meltemi.connector.outgoing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Makes the connections of one client: every one of them is a {@link CheckedSocket}. */
final class CheckedConnections extends PoolingHttpClientConnectionManagerBuilder {
  /** More than the calls that an account may have under way at once. */
  private static final int MOST = 2048;

  private final Destinations destinations;

  CheckedConnections(Destinations destinations, Names names, SSLContext trust) {
    this.destinations = destinations;
    Timeout toConnect = Timeout.of(Gateway.TO_CONNECT);
    setDnsResolver(resolver(names));
    setTlsSocketStrategy(new DefaultClientTlsStrategy(trust));
    setMaxConnPerRoute(MOST);
    setMaxConnTotal(MOST);
    setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(toConnect)
            .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
            .build());
    setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(toConnect).build());
  }

  @Override
  protected HttpClientConnectionOperator createConnectionOperator(
      SchemePortResolver ports, DnsResolver resolver, TlsSocketStrategy tls) {
    return new DefaultHttpClientConnectionOperator(
        _ -> new CheckedSocket(destinations),
        ports,
        resolver,
        RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
  }

  private static DnsResolver resolver(Names names) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return names.addresses(host);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }
}
