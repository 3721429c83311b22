package io.meltemi.connector.scripted;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Images;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Volumes;
import java.util.function.Function;

/**
 * One way in which a connector or its provider breaks its promises.
 *
 * @param name what it does wrong
 * @param script the cloud it stands on
 * @param cloud its cloud
 * @param connector its connector
 * @param factory its factory
 * @param sharesAccounts true when it does not tell brokers apart
 */
record Spoil(
    String name,
    CloudScript script,
    Spoiling<Cloud> cloud,
    Spoiling<Connector> connector,
    Spoiling<ConnectorFactory> factory,
    boolean sharesAccounts) {

  /** Spoils one thing of a rig. */
  interface Spoiling<T> {
    T apply(ScriptedRig rig, T honest);
  }

  private Spoil(String name) {
    this(name, Scripts.TRIAL, (r, c) -> c, (r, c) -> c, (r, f) -> f, false);
  }

  /** A cloud that does wrong; the twist is made anew for each rig. */
  static Spoil cloudWith(String name, Function<ScriptedRig, Twist> twist) {
    Spoil none = new Spoil(name);
    return new Spoil(
        name,
        none.script,
        (rig, honest) -> Twist.of(Cloud.class, honest, twist.apply(rig)),
        none.connector,
        none.factory,
        false);
  }

  static Spoil cloud(String name, Twist twist) {
    return cloudWith(name, rig -> twist);
  }

  static Spoil connectorWith(String name, Function<ScriptedRig, Twist> twist) {
    Spoil none = new Spoil(name);
    return new Spoil(
        name,
        none.script,
        none.cloud,
        (rig, honest) -> Twist.of(Connector.class, honest, twist.apply(rig)),
        none.factory,
        false);
  }

  static Spoil connector(String name, Twist twist) {
    return connectorWith(name, rig -> twist);
  }

  static Spoil machinesWith(String name, Function<ScriptedRig, Twist> twist) {
    return connectorWith(
        name,
        rig -> {
          Twist inner = twist.apply(rig);
          return call ->
              call.is("machines")
                  ? Twist.of(Machines.class, ((Connector) call.honest()).machines(), inner)
                  : call.goOn();
        });
  }

  static Spoil machines(String name, Twist twist) {
    return machinesWith(name, rig -> twist);
  }

  static Spoil volumesWith(String name, Function<ScriptedRig, Twist> twist) {
    return connectorWith(
        name,
        rig -> {
          Twist inner = twist.apply(rig);
          return call ->
              call.is("volumes")
                  ? Twist.of(Volumes.class, ((Connector) call.honest()).volumes(), inner)
                  : call.goOn();
        });
  }

  static Spoil volumes(String name, Twist twist) {
    return volumesWith(name, rig -> twist);
  }

  static Spoil snapshots(String name, Twist twist) {
    return connector(
        name,
        call ->
            call.is("snapshots")
                ? Twist.of(Snapshots.class, ((Connector) call.honest()).snapshots(), twist)
                : call.goOn());
  }

  static Spoil images(String name, Twist twist) {
    return connector(
        name,
        call ->
            call.is("images")
                ? Twist.of(Images.class, ((Connector) call.honest()).images(), twist)
                : call.goOn());
  }

  static Spoil factory(String name, Twist twist) {
    Spoil none = new Spoil(name);
    return new Spoil(
        name,
        none.script,
        none.cloud,
        none.connector,
        (rig, honest) -> Twist.of(ConnectorFactory.class, honest, twist),
        false);
  }

  Spoil on(CloudScript other) {
    return new Spoil(name, other, cloud, connector, factory, sharesAccounts);
  }

  Spoil sharing() {
    return new Spoil(name, script, cloud, connector, factory, true);
  }

  @Override
  public String toString() {
    return name;
  }
}
